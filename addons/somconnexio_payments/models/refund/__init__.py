# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_config_settings
from . import res_partner_bank
from . import telecom_refund
from . import telecom_refund_ordering
from . import telecom_refund_outcome
from . import account_payment_line
from . import account_payment_order
from . import account_partial_reconcile
from . import cooperative_leaving
from . import telecom_billing_account
