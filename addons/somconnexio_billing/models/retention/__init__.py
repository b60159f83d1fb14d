# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_config_settings
from . import telecom_legal_hold
from . import telecom_held_usage
from . import telecom_usage_file
from . import telecom_usage_retention
from . import telecom_usage_retention_files
