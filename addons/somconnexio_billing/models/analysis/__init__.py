# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import usage_summary
from . import bill_run
