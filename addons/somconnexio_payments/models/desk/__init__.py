# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import receivable_ageing
from . import cash_item
from . import payment_board
from . import month_close
from . import month_close_rows
from . import month_close_line
from . import month_close_lock
from . import month_close_export
