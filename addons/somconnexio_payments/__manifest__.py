# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
{
    "name": "Som Connexió: payments",
    "summary": "Direct debits, bank files, the bank apps' gateway, dunning",
    "version": "19.0.1.0.0",
    "category": "Telecom",
    "license": "AGPL-3",
    "author": "Som Connexió suite developers",
    "website": "https://somconnexio.coop",
    "depends": [
        "somconnexio_base",
        "account_payment",
        "account_payment_return",
        "account_payment_sepa_credit_transfer",
        "account_payment_sepa_direct_debit",
        "account_reconcile_oca",
        "account_statement_import_file",
        "queue_job",
    ],
    "external_dependencies": {"python": ["lxml", "python-stdnum", "unidecode"]},
    "post_init_hook": "post_init_hook",
    "data": [
        "views/payments_menus.xml",
        # receipt
        "security/receipt/ir.model.access.csv",
        "security/receipt/receipt_rules.xml",
        "data/receipt/telecom_notice_kind.xml",
        "views/receipt/account_payment_views.xml",
        "views/receipt/telecom_billing_account_views.xml",
        "views/receipt/res_config_settings_views.xml",
        # mandate, debit
        "security/mandate/ir.model.access.csv",
        "security/mandate/mandate_rules.xml",
        "security/debit/ir.model.access.csv",
        "security/debit/debit_rules.xml",
        "data/mandate/telecom_notice_kind.xml",
        "data/debit/ir_sequence.xml",
        "data/debit/telecom_notice_kind.xml",
        "data/debit/ir_cron.xml",
        "data/debit/queue_job.xml",
        "views/debit/account_payment_line_views.xml",
        "views/debit/telecom_debit_left_out_views.xml",
        "views/debit/telecom_debit_run_views.xml",
        "views/debit/wizard_views.xml",
        "views/debit/res_config_settings_views.xml",
        "views/mandate/account_banking_mandate_views.xml",
        "views/mandate/telecom_billing_account_views.xml",
        "views/mandate/wizard_views.xml",
        # bank file, return
        "security/bank/ir.model.access.csv",
        "security/bank/bank_rules.xml",
        "data/bank/telecom_notice_kind.xml",
        "data/bank/telecom_return_rule.xml",
        "data/bank/queue_job_function.xml",
        "data/bank/ir_cron.xml",
        "wizards/telecom_bank_upload_views.xml",
        "views/bank/telecom_bank_file_views.xml",
        "views/bank/telecom_bank_transaction_views.xml",
        "views/bank/telecom_returned_debit_views.xml",
        "views/bank/telecom_return_rule_views.xml",
        "views/bank/account_bank_statement_views.xml",
        # gateway
        "security/gateway/ir.model.access.csv",
        "security/gateway/gateway_rules.xml",
        "data/gateway/telecom_webhook_event_type.xml",
        "views/gateway/payment_gateway_views.xml",
        "views/gateway/payment_gateway_transaction_views.xml",
        "views/gateway/payment_gateway_register_views.xml",
        # dunning, payment plan
        # online payment, refund, desk
    ],
    "demo": [
        # mandate, debit
        # bank file, return
        # gateway
        # dunning, payment plan
        # online payment, refund, desk
    ],
    "assets": {
        "web.assets_tests": ["somconnexio_payments/static/tests/tours/**/*"],
    },
    "installable": True,
}
