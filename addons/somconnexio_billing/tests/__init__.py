# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import test_mediation_receive
from . import test_mediation_load
from . import test_mediation_recycle
from . import test_mediation_sql
from . import test_mediation_format
from . import test_mediation_controls
from . import test_mediation_format_trial
from . import test_mediation_format_document
from . import test_mediation_tour
from . import test_mediation_access
from . import test_mediation_concurrency
from . import test_mediation_views
from . import test_mediation_back_out
from . import test_mediation_suspense

# retention
from . import test_retention
from . import test_retention_files

# collection
from . import test_collection_fetch
from . import test_collection_expected
from . import test_collection_upload

# bill run
from . import test_bill_run_access
from . import test_bill_run_adjustments
from . import test_bill_run_calendar
from . import test_bill_run_checks
from . import test_bill_run_collecting
from . import test_bill_run_contract
from . import test_bill_run_dashboard
from . import test_bill_run_discounts
from . import test_bill_run_fee_credits
from . import test_bill_run_fees
from . import test_bill_run_file_states
from . import test_bill_run_holds
from . import test_bill_run_lifecycle
from . import test_bill_run_moves
from . import test_bill_run_once
from . import test_bill_run_preview
from . import test_bill_run_prices
from . import test_bill_run_proration
from . import test_bill_run_queue
from . import test_bill_run_resume
from . import test_bill_run_taxes
from . import test_bill_run_tour
from . import test_bill_run_usual
from . import test_bill_run_void
from . import test_bill_run_workers
from . import test_usage_correction

# bill
from . import test_bill_document
from . import test_bill_pdf

# rating
from . import test_rating_price
from . import test_rating_allowance
from . import test_rating_waterfall
from . import test_rating_rollover
from . import test_rating_bands
from . import test_rating_event_limits
from . import test_rating_spend
from . import test_rating_rerun
from . import test_rating_steps
from . import test_rating_reference
from . import test_rating_against_reference
from . import test_rating_late
from . import test_rating_properties
from . import test_rating_shapes
from . import test_rating_records
from . import test_rating_access
from . import test_rating_views
from . import test_bill_delivery
from . import test_bill_export
from . import test_usage_analysis
from . import test_translations

# quote, simulation, alerts
from . import test_quote
from . import test_simulation
from . import test_provisional
from . import test_alert

# tariff documents
from . import test_tariff_document
from . import test_tariff_document_rating
from . import test_tariff_import

# operations
from . import test_operation_bills

# catalogue
from . import test_catalogue_billing

# customer
from . import test_customer_summary
from . import test_outbox_jobs
