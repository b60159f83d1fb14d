# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)

# bank
from . import telecom_bank_upload
