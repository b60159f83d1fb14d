# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_webhook_event_type
from . import telecom_webhook
from . import telecom_webhook_publish
from . import telecom_webhook_secret
from . import telecom_outbox_endpoint
from . import telecom_outbox
from . import base
from . import contract_contract
from . import account_move
from . import account_payment
