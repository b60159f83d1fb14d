# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
{
    "name": "Som Connexió: usage billing",
    "summary": "Usage mediation, rating, bill runs and bills of a telecom cooperative",
    "version": "19.0.1.2.0",
    "category": "Telecom",
    "license": "AGPL-3",
    "author": "Som Connexió suite developers",
    "website": "https://somconnexio.coop",
    "depends": ["somconnexio_base", "queue_job"],
    "external_dependencies": {"python": ["paramiko", "reportlab"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        # mediation
        "data/mediation/telecom_usage_type.xml",
        "data/mediation/telecom_usage_format_mobile_wholesale.xml",
        "data/mediation/telecom_usage_format_fixed_carrier.xml",
        "data/mediation/telecom_usage_format_data_roaming.xml",
        "data/mediation/ir_cron.xml",
        "data/mediation/queue_job_function.xml",
        "wizards/telecom_usage_upload_views.xml",
        "wizards/telecom_usage_reason_views.xml",
        "wizards/telecom_usage_format_document_views.xml",
        "views/mediation/telecom_usage_file_views.xml",
        "views/mediation/telecom_usage_event_views.xml",
        "views/mediation/telecom_usage_rejection_views.xml",
        "views/mediation/telecom_usage_suspense_views.xml",
        "views/mediation/telecom_usage_format_trial.xml",
        "views/mediation/telecom_usage_format_views.xml",
        # collection
        "data/collection/ir_cron.xml",
        "views/collection/telecom_usage_source_views.xml",
        "views/collection/telecom_usage_gap_views.xml",
        # rating
        "data/rating/telecom.destination.csv",
        "data/rating/telecom.destination.prefix.csv",
        "data/rating/telecom.roaming.zone.csv",
        "data/rating/telecom_numbering.xml",
        "data/rating/telecom_usage_category.xml",
        "views/rating/telecom_rated_usage_views.xml",
        "views/rating/telecom_tariff_views.xml",
        "views/rating/telecom_destination_views.xml",
        "views/rating/telecom_time_band_views.xml",
        "views/rating/telecom_allowance_views.xml",
        "views/rating/telecom_usage_format_views.xml",
        "views/rating/contract_contract_views.xml",
        "views/rating/product_template_views.xml",
        # quote
        "wizards/telecom_quote_wizard_views.xml",
        "views/quote/quote_buttons.xml",
        # bill run
        "data/bill_run/ir_sequence.xml",
        "data/bill_run/queue_job_function.xml",
        "data/bill_run/ir_cron.xml",
        "wizards/telecom_bill_run_views.xml",
        "views/bill_run/telecom_bill_run_views.xml",
        # simulation
        "data/simulation/queue_job_function.xml",
        "views/simulation/telecom_rating_simulation_views.xml",
        # alert
        "data/alert/ir_cron.xml",
        "data/alert/mail_template.xml",
        "data/alert/telecom_usage_alert_rule.xml",
        # notice
        "data/notice/telecom_notice_kind.xml",
        "views/alert/telecom_usage_alert_views.xml",
        "views/bill_run/telecom_bill_run_account_views.xml",
        "views/bill_run/telecom_bill_run_line_views.xml",
        "views/bill_run/res_config_settings_views.xml",
        "views/bill_run/account_move_views.xml",
        "views/bill_run/product_template_views.xml",
        "views/bill_run/telecom_bill_adjustment_views.xml",
        "views/bill_run/telecom_billing_account_views.xml",
        "views/bill_run/telecom_bill_calendar_views.xml",
        "views/bill_run/telecom_usage_correction_views.xml",
        "views/bill_run/telecom_bill_control_views.xml",
        # bill
        "views/bill/account_move_views.xml",
        "views/bill/telecom_billing_account_views.xml",
        "views/bill/res_config_settings_views.xml",
        "views/bill/telecom_bill_run_views.xml",
        # delivery
        "data/delivery/queue_job_function.xml",
        "data/delivery/mail_template.xml",
        "views/delivery/telecom_bill_delivery_views.xml",
        # export
        "data/export/queue_job_function.xml",
        "data/outbox/queue_job_function.xml",
        "views/export/telecom_bill_run_views.xml",
        # analysis
        "data/analysis/cron.xml",
        "views/analysis/telecom_usage_summary_views.xml",
        "views/menus.xml",
        # tariff documents
        "wizards/telecom_tariff_import_views.xml",
        "wizards/telecom_tariff_export_views.xml",
        # retention
        "data/retention/ir_cron.xml",
        "views/retention/res_config_settings_views.xml",
        "views/retention/telecom_retention_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "somconnexio_billing/static/src/bill_run/*",
        ],
        "web.assets_tests": [
            "somconnexio_billing/static/tests/tours/*",
        ],
    },
    "demo": [
        # rating
        "demo/telecom_tariff.xml",
        "demo/telecom.tariff.rate.csv",
        "demo/telecom_allowance.xml",
        "demo/telecom_time_band.xml",
        # catalogue
        "demo/catalogue/catalogue.xml",
        # bill
        "demo/bill_company.xml",
    ],
    "application": False,
}
