# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The cooperative itself: its company, its people, its catalogue."""

from odoo.modules import get_module_path
from odoo.modules.module import get_manifest
from odoo.tools import convert_file

from ..people import LOGINS

#: What a cooperative offers. The generated members take the place of the few people in
#: the addons' other demonstration files.
CATALOGUE_FILES = frozenset(
    {
        "demo/bill_company.xml",
        "demo/catalogue/catalogue.xml",
        "demo/telecom.tariff.rate.csv",
        "demo/telecom_allowance.xml",
        "demo/telecom_offering.xml",
        "demo/telecom_tariff.xml",
        "demo/telecom_time_band.xml",
    }
)
CATALOGUE_ADDONS = ("somconnexio_base", "somconnexio_billing")
COMPANY = {
    "name": "Som Demo, SCCL",
    "vat": "ESF66442286",
    "street": "Carrer de la Cooperativa, 12",
    "zip": "08820",
    "city": "El Prat de Llobregat",
    "phone": "+34 931 31 23 40",
    "email": "hola@example.org",
    "website": "https://www.example.org",
}


def activate_languages(env, codes):
    """Install the languages of the members that aren't there yet."""
    Lang = env["res.lang"]
    for code in sorted(codes - {code for code, _name in Lang.get_installed()}):
        Lang._activate_and_install_lang(code)


def set_up_company(env):
    """Give the main company the name and address of a Catalan cooperative."""
    state = env.ref("base.state_es_b")
    env.company.write(
        {**COMPANY, "state_id": state.id, "country_id": env.ref("base.es").id}
    )
    # Bills fall due on their date, and not on the day on which the demo is made.
    env["ir.default"].set(
        "res.partner",
        "property_payment_term_id",
        env.ref("account.account_payment_term_immediate").id,
        company_id=env.company.id,
    )


def add_people(env):
    """Create a user for each role; the password is the login. For a demo only."""
    Users = env["res.users"].with_context(no_reset_password=True)
    known = set(Users.search([]).mapped("login"))
    for person in LOGINS:
        if person.login in known:
            continue
        Users.create(
            {
                "name": person.name,
                "login": person.login,
                "password": person.password,
                "email": f"{person.login}@example.org",
                "lang": "ca_ES",
                "tz": "Europe/Madrid",
                "group_ids": [(6, 0, [env.ref(group).id for group in person.groups])],
            }
        )


def load_catalogue(env):
    """Load the demonstration catalogue and tariffs of the addons, in each language."""
    for addon in CATALOGUE_ADDONS:
        if not get_module_path(addon):
            continue
        for name in get_manifest(addon).get("demo", ()):
            if name in CATALOGUE_FILES:
                convert_file(env, addon, name, {}, mode="init", noupdate=True)
    addons = env["ir.module.module"].search([("name", "in", CATALOGUE_ADDONS)])
    addons._update_translations()
