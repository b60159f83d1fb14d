# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
{
    "name": "Som Connexió: telecom core",
    "summary": "Subscriptions, numbers and lines, billing accounts, offerings",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Som Connexió suite developers",
    "category": "Telecom",
    "depends": ["account", "contract", "phone_validation"],
    "external_dependencies": {
        "python": [
            "openpyxl",
            "phonenumbers",
            "python-stdnum",
            "schwifty",
            "xlsxwriter",
        ]
    },
    "data": [
        "security/telecom_groups.xml",
        "security/ir.model.access.csv",
        "security/telecom_rules.xml",
        "data/ir_sequence.xml",
        "data/telecom_resource_kind.xml",
        "data/telecom_service_type.xml",
        "data/telecom_lifecycle_reason.xml",
        "data/ir_cron.xml",
        "wizards/telecom_lifecycle_wizard_views.xml",
        "wizards/telecom_offering_wizard_views.xml",
        "views/telecom_subscription_views.xml",
        "views/telecom_billing_account_views.xml",
        "views/telecom_resource_views.xml",
        "views/telecom_configuration_views.xml",
        "views/product_template_views.xml",
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/telecom_menus.xml",
        # partner data
        "security/partner/ir.model.access.csv",
        "security/partner/partner_rules.xml",
        "data/partner/ir_cron.xml",
        "views/partner/res_partner_views.xml",
        "views/partner/partner_duplicate_views.xml",
        "views/partner/partner_quality_views.xml",
        "views/partner/external_id_views.xml",
    ],
    "demo": [
        "demo/telecom_offering.xml",
        "demo/telecom_member.xml",
        # partner data
        "demo/partner/partner_data.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "somconnexio_base/static/src/partner/*",
        ],
        "web.assets_tests": ["somconnexio_base/static/tests/tours/**/*"],
    },
    "application": True,
    "installable": True,
}
