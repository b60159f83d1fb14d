# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_usage_source
from . import telecom_usage_source_token
from . import telecom_usage_source_fetch
from . import telecom_usage_source_expected
from . import telecom_usage_delivery
from . import telecom_usage_gap
from . import telecom_usage_file
