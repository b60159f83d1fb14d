# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How the rows of each kind become records, one class a kind."""

from .assignment import AssignmentWriter
from .bill import BillWriter
from .billing_account import BillingAccountWriter
from .line import LineWriter
from .mandate import MandateWriter
from .membership import MembershipWriter
from .partner import PartnerWriter
from .resource import ResourceWriter
from .subscription import SubscriptionWriter

WRITERS = {
    writer.kind_name: writer
    for writer in (
        PartnerWriter,
        MembershipWriter,
        BillingAccountWriter,
        MandateWriter,
        SubscriptionWriter,
        LineWriter,
        ResourceWriter,
        AssignmentWriter,
        BillWriter,
    )
}
