# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)

# bank
from . import test_bank_concurrency
from . import test_bank_files
from . import test_bank_month
from . import test_bank_payers
from . import test_bank_returns
from . import test_bank_statements
from . import test_bank_tour

# receipt
from . import test_receipt
from . import test_receipt_concurrency

# dunning, payment plan
from . import test_dunning_ladder
from . import test_dunning_channels
from . import test_dunning_services
from . import test_dunning_stops
from . import test_dunning_restoring
from . import test_dunning_ways
from . import test_dunning_run
from . import test_dunning_roles
from . import test_dunning_tour
from . import test_dunning_concurrency
from . import test_payment_plan
from . import test_payment_plan_debits

# mandate, debit
from . import test_debit_access
from . import test_debit_booking
from . import test_debit_capital
from . import test_debit_concurrency
from . import test_debit_run
from . import test_debit_tour
from . import test_mandate


# online payment, refund, desk
from . import test_refund
from . import test_online_payment
from . import test_online_pages
from . import test_desk
from . import test_access_matrix
from . import test_method_roles

# gateway
from . import test_gateway_transcripts
from . import test_gateway_workers
from . import test_gateway_paying
from . import test_gateway_finding
from . import test_gateway_forged
from . import test_gateway_concurrency
from . import test_gateway_http
from . import test_gateway_register
from . import test_gateway_profile
from . import test_gateway_access

# what is kept as proof, and who decides alone
from . import test_proofs
from . import test_refund_approval

# seams between the areas
from . import test_seams
from . import test_translations
