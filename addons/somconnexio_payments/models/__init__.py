# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import matching
from . import receipt
from . import mandate
from . import debit
from . import bank_file
from . import payment_return
from . import gateway
from . import dunning
from . import payment_plan
from . import online_payment
from . import refund
from . import desk
from . import evidence
