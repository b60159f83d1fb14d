# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_allowance_grant
from . import telecom_bill_adjustment
from . import contract_line
from . import contract_contract
from . import telecom_subscription_operation
