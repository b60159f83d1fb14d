# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_priced_by_mixin
from . import telecom_destination
from . import telecom_destination_prefix
from . import telecom_roaming_zone
from . import telecom_usage_category
from . import telecom_tariff
from . import telecom_tariff_rate
from . import telecom_allowance
from . import telecom_rated_usage
from . import telecom_rated_usage_rating
from . import telecom_rated_usage_explanation
from . import telecom_usage_event
from . import telecom_usage_file
from . import product_template
