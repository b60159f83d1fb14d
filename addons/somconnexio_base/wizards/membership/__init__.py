# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import cooperative_register
from . import cooperative_share_wizard
from . import cooperative_payment_wizard
from . import cooperative_sponsor_wizard
