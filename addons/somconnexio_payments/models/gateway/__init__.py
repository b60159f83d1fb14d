# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import payment_gateway
from . import payment_gateway_access
from . import payment_gateway_register_format
from . import payment_gateway_wording
from . import payment_gateway_secret
from . import payment_gateway_bucket
from . import payment_gateway_transaction
from . import payment_gateway_message
from . import account_payment
from . import payment_gateway_debtor
from . import payment_gateway_caller
from . import payment_gateway_reading
from . import payment_gateway_paying
from . import payment_gateway_answering
from . import payment_gateway_register
from . import payment_gateway_register_line
from . import payment_gateway_register_pull
