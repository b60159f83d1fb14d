# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import notice_refusal
from . import sms_report
