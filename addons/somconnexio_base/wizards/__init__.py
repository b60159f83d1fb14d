# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import operation
from . import membership
from . import catalogue
from . import notice
from . import outbox
from . import migration
