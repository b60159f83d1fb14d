# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_subscription_restriction
from . import contract_contract
from . import contract_requests
