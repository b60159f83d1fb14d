# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_rating_simulation
from . import telecom_rating_simulation_line
from . import telecom_rating_simulation_work
