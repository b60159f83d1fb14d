# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
# receipt
from . import test_receipt
from . import test_receipt_concurrency
