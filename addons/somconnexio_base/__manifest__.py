# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
{
    "name": "Som Connexió: telecom core",
    "summary": "Subscriptions, numbers and lines, billing accounts, offerings",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Som Connexió suite developers",
    "category": "Telecom",
    "depends": ["account", "contract"],
    "external_dependencies": {"python": ["phonenumbers", "python-stdnum"]},
    "data": [
        "security/telecom_groups.xml",
        "security/ir.model.access.csv",
        "security/telecom_rules.xml",
        "data/ir_sequence.xml",
        "data/telecom_resource_kind.xml",
        "data/telecom_service_type.xml",
        "data/telecom_lifecycle_reason.xml",
        "data/ir_cron.xml",
    ],
    "application": True,
    "installable": True,
}
