# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How notices are told, without Odoo: channels in turn, hours, texts, gateways."""

from . import gateway_call
from . import mapping
from . import plans
from . import quiet_hours
from . import sms_text
