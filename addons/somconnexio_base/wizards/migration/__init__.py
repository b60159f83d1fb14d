# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_bill_opening
from . import telecom_migration_profile_load
from . import telecom_migration_upload
