# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_lifecycle_wizard
from . import telecom_offering_wizard
from . import membership
from . import catalogue
from . import notice
from . import outbox
