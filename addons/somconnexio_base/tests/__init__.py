# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import test_numbering
from . import test_lifecycle_table
from . import test_company_calendar
from . import test_telecom_resource
from . import test_telecom_resource_assignment
from . import test_assignment_concurrency
from . import test_telecom_billing_account
from . import test_subscription_completion
from . import test_subscription_lifecycle
from . import test_subscription_termination
from . import test_offering_change
from . import test_contract_line
from . import test_offering
from . import test_partner
from . import test_batch
from . import test_access
from . import test_multi_company
from . import test_views
from . import test_translations
from . import test_demo
from . import test_tour

# operations
from . import test_operation_carrying_out
from . import test_operation_concurrency
from . import test_operation_pending
from . import test_operation_preview
from . import test_operation_requests
from . import test_operation_roles
from . import test_operation_tour
from . import test_operation_undoing
from . import test_notice_announce
from . import test_notice_sending
from . import test_notice_access
from . import test_notice_kinds
