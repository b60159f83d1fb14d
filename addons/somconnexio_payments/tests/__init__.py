# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
# receipt
from . import test_receipt
from . import test_receipt_concurrency

# mandate, debit
from . import test_debit_access
from . import test_debit_capital
from . import test_debit_run
from . import test_mandate
