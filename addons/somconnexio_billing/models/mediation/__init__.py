# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_partitioned_mixin
from . import telecom_usage_type
from . import telecom_usage_format
from . import telecom_usage_format_field
from . import telecom_usage_file
from . import telecom_usage_file_receipt
from . import telecom_usage_file_load
from . import telecom_usage_file_actions
from . import telecom_usage_file_alert
from . import telecom_usage_format_trial
from . import telecom_usage_format_document
from . import telecom_usage_rejection
from . import telecom_usage_event
from . import telecom_usage_file_back_out
from . import telecom_usage_file_states
from . import telecom_usage_discard
from . import telecom_usage_suspense
