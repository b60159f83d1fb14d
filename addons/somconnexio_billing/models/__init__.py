# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_engine_fields_mixin
from . import mediation
from . import rating
from . import quote
from . import simulation
from . import alert
from . import collection
from . import bill_run
from . import catalogue
from . import bill
from . import tariff_document
from . import delivery
from . import export
from . import analysis
from . import retention
from . import customer
from . import outbox
