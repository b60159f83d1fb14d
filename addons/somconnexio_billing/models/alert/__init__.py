# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import contract_contract
from . import telecom_usage_alert_rule
from . import telecom_usage_alert
from . import telecom_notice_kind
