# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)

# bank
from . import telecom_bank_upload

# mandate, debit
from . import mandate_sign
from . import mandate_stop
from . import debit_leave_out
from . import debit_rejection
