# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_outbox_endpoint
from . import telecom_outbox_endpoint_checks
from . import telecom_outbox_endpoint_health
from . import telecom_outbox_endpoint_request
from . import telecom_outbox
from . import telecom_outbox_attempt
from . import telecom_outbox_enqueue
from . import telecom_outbox_sender
from . import telecom_outbox_note
from . import telecom_outbox_decision
