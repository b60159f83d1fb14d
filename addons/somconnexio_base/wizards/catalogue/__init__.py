# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_catalogue_import
from . import telecom_catalogue_import_line
from . import telecom_catalogue_export
from . import telecom_pack_simulator
from . import telecom_pack_simulator_line
