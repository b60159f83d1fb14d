# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_config_settings
from . import pay_visit
from . import online_payable
from . import account_move
from . import telecom_billing_account
from . import cooperative_capital_call
from . import payment_transaction
from . import payment_transaction_settling
from . import account_payment
from . import telecom_notice_kind
