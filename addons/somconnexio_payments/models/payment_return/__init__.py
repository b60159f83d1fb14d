# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_return_rule
from . import telecom_returned_debit
from . import returned_debit_taking
from . import returned_debit_booking
from . import returned_debit_following
from . import returned_debit_mandate
from . import telecom_order_status
from . import bank_file_statuses
from . import bank_file_orders
from . import payment_return
