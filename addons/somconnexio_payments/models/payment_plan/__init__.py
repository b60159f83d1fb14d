# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import telecom_payment_plan
from . import telecom_payment_plan_instalment
from . import payment_plan_agreeing
from . import payment_plan_following
from . import payment_plan_debits
from . import payment_plan_document
