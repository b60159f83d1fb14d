# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import quoted
from . import telecom_tariff_request
from . import telecom_tariff_quote
