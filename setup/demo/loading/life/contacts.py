# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is told to people and to other systems; nothing leaves the machine."""

from odoo.tools import convert_file

ADDON = "somconnexio_base"
#: Disabled systems with their calls, a webhook without receiver; a person who was
#: written down twice. They name nobody of the addons' invented members. With a record
#: of each, which tells that it has been loaded.
FILES = {
    "demo/telecom_outbox.xml": "webhook_demo",
    "demo/partner/partner_data.xml": "partner_carme",
}
NOTICE_KIND = "demo_works"
OCCASION = "works on the fibre"


def add_contacts(env, people):
    """Announce works to some people, keep a call for a system that is disabled.

    :param people: res.partner records who are told
    """
    for name, record in FILES.items():
        if not env.ref(f"{ADDON}.{record}", False):
            convert_file(env, ADDON, name, {}, mode="init", noupdate=True)
    _announce_works(env, people)
    partner = people[0]
    env["telecom.outbox"]._enqueue(
        "demo_portability",
        "POST",
        "/orders",
        {"customer": partner.ref, "number": "34655901203"},
        f"porting-{partner.ref}",
        record=partner,
    )


def _announce_works(env, people):
    """Send a mass notice as the dialog does; who was told is not told again."""
    Kind = env["telecom.notice.kind"]
    kind = Kind.search([("code", "=", NOTICE_KIND)], limit=1) or Kind.create(
        {
            "name": "Planned works",
            "code": NOTICE_KIND,
            "model_id": env["ir.model"]._get_id("res.partner"),
            "partner_path": False,
            "purpose_id": env.ref(f"{ADDON}.notice_purpose_service").id,
            "channel_plan": "portal",
            "subject": "Works on the fibre network",
            "body": "<p>At night the fibre of your street is renewed. Internet will "
            "be off for some minutes. You need not do anything.</p>",
        }
    )
    env["telecom.notice.mass"].create(
        {
            "kind_id": kind.id,
            "domain": str([("id", "in", people.ids)]),
            "window_key": OCCASION,
        }
    ).action_send()
