# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_notice_resend
from . import telecom_notice_mass
from . import telecom_notice_preview
