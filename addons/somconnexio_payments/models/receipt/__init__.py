# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_partner
from . import res_config_settings
from . import account_payment
from . import telecom_billing_account
from . import credit_on_account
