# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_config_settings
from . import telecom_billing_account
from . import bill_delivery
from . import bill_delivery_sending
from . import bill_delivery_notice
from . import account_move
from . import bill_run
