# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import account_move
from . import account_move_line
from . import bill_run
from . import bill_run_step
from . import bill_run_slice
from . import bill_run_account
from . import bill_run_line
from . import bill_run_tax
from . import bill_run_check
