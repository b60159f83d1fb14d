# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import res_company
from . import res_config_settings
from . import telecom_resource
from . import telecom_resource_reservation
from . import telecom_resource_picking
from . import telecom_resource_assignment
from . import telecom_resource_import
from . import telecom_resource_import_error
from . import telecom_resource_import_rows
from . import telecom_resource_import_load
from . import telecom_resource_stock_level
