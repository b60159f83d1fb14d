# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)

# dunning, payment plan
from . import dunning

# bank
from . import telecom_bank_upload

# mandate, debit
from . import mandate_sign
from . import mandate_stop
from . import debit_leave_out
from . import debit_rejection

# gateway
from . import payment_gateway_trial
from . import payment_gateway_secret_wizard
from . import payment_gateway_register_upload
