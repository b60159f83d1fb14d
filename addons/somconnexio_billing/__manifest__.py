# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
{
    "name": "Som Connexió: usage billing",
    "summary": "Usage mediation, rating, bill runs and bills of a telecom cooperative",
    "version": "19.0.1.0.0",
    "category": "Telecom",
    "license": "AGPL-3",
    "author": "Som Connexió suite developers",
    "website": "https://somconnexio.coop",
    "depends": ["somconnexio_base", "queue_job"],
    "external_dependencies": {"python": ["reportlab", "xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/menus.xml",
        # mediation
        "data/mediation/telecom_usage_type.xml",
        "data/mediation/telecom_usage_format_mobile_wholesale.xml",
        "data/mediation/telecom_usage_format_fixed_carrier.xml",
        "data/mediation/telecom_usage_format_data_roaming.xml",
        "data/mediation/ir_cron.xml",
        # rating
        # bill run
        # bill
    ],
    "demo": [],
    "application": False,
}
