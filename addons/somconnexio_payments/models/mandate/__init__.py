# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import account_banking_mandate
from . import account_banking_mandate_guards
from . import account_banking_mandate_life
from . import account_banking_mandate_lapse
from . import account_banking_mandate_changes
from . import account_banking_mandate_signing
from . import account_banking_mandate_paper
from . import account_move
from . import cooperative_membership
from . import membership_request
from . import res_company
from . import res_config_settings
from . import res_partner
from . import res_partner_bank
from . import telecom_billing_account
from . import telecom_billing_account_takeover
from . import telecom_mandate_amendment
