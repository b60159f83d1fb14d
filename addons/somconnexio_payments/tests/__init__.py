# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)

# bank
from . import test_bank_statements

# receipt
from . import test_receipt
from . import test_receipt_concurrency

# mandate, debit
from . import test_debit_run
