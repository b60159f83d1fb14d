# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import bank_facts_mixin
from . import telecom_bank_file
from . import bank_file_receipt
from . import bank_file_checks
from . import bank_file_load
from . import telecom_bank_entry
from . import telecom_bank_transaction
from . import bank_file_matching
from . import bank_file_statements
from . import bank_file_booking
from . import transaction_exceptions
from . import transaction_by_hand
from . import transaction_telling
from . import account_bank_statement
from . import account_bank_statement_line
from . import account_journal
from . import account_statement_import
