# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import test_bill_run_lifecycle

# bill
from . import test_bill_document
from . import test_bill_pdf
