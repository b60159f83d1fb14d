# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_catalogue
from . import product_template
from . import contract_line
