# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_bill_credit
from . import telecom_bill_preview
from . import telecom_bill_run_release
from . import telecom_bill_void
from . import telecom_quote_wizard
from . import telecom_usage_format_document
from . import telecom_usage_upload
from . import telecom_tariff_import
from . import telecom_tariff_import_line
from . import telecom_tariff_export
from . import telecom_usage_reason
