# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Members of many years, people who ask to join, who leaves, an assembly."""

from datetime import timedelta

from odoo.fields import Date, Datetime

AGREEMENT = "PISOSVERDS"
ASSEMBLY = "Assemblea ordinària"


def add_memberships(env, people):
    """Show each way into the cooperative and out of it.

    :param people: eleven res.partner, persons
    """
    founder, delegate, leaver, planner = _take_over(env, people[:4])
    _join(env, people[4])
    _join(env, people[5], instalment_count=4)
    _join(env, people[6], is_paid=False, instalment_count=10)
    _join(env, people[7], kind="sponsored", sponsor_code=founder.sponsor_code)
    _join(env, people[8], kind="agreement", agreement=_agreement(env).code)
    _submit(env, people[9])
    _refuse(_submit(env, people[10]))
    _hold_assembly(env, founder, delegate)
    _leave(leaver, is_resolved=True)
    _leave(planner, is_resolved=False)


def _take_over(env, people):
    """Return the memberships of people who joined before this system."""
    Membership = env["cooperative.membership"]
    known = Membership.search([("partner_id", "in", people.ids)])
    missing = people - known.partner_id
    due_date = env.company._telecom_today() + timedelta(days=15)
    history = (
        {"number": "17", "joined_date": "2016-04-11"},
        {"number": "98", "joined_date": "2017-01-09"},
        {"number": "212", "joined_date": "2018-02-01"},
        {
            "number": "1045",
            "joined_date": "2025-07-01",
            "paid_amount": "40",
            "remaining_instalments": 6,
            "next_due_date": Date.to_string(due_date),
        },
    )
    rows = [
        {"partner_id": partner.id, "kind": "member", "share_count": 1, **row}
        for partner, row in zip(people, history, strict=True)
        if partner in missing
    ]
    made = Membership.browse(Membership.take_over(rows) if rows else [])
    order = people.ids.index
    return (known | made).sorted(lambda one: order(one.partner_id.id))


def _submit(env, partner, **values):
    """Return the request of a person who fills in the form."""
    answer = env["cooperative.membership.request"].submit(
        {
            "kind": "member",
            "name": partner.name,
            "vat": partner.vat,
            "email": partner.email,
            "lang": partner.lang,
            "street": partner.street,
            "zip": partner.zip,
            "city": partner.city,
            "iban": partner.bank_ids[:1].acc_number or "",
            "accepted_at": Datetime.to_string(Datetime.now()),
            "external_key": f"demo-{partner.ref}",
            **values,
        }
    )
    return env["cooperative.membership.request"].browse(answer["id"])


def _join(env, partner, is_paid=True, **values):
    """Approve a person's request; whoever contributes pays what has been called."""
    request = _submit(env, partner, **values)
    if request.state != "received":
        return
    request.action_approve()
    owed = request.membership_id.call_ids.filtered(lambda one: one.state == "called")
    if is_paid and owed:
        owed.instalment_paid(env.company._telecom_today())


def _refuse(request):
    """Refuse a request that waits."""
    if request.state == "received":
        request.refusal_reason = "Asked twice: wants to be sponsored first."
        request.action_refuse()


def _agreement(env):
    """Return the collective agreement, made with its entity when it is new."""
    Agreement = env["cooperative.agreement"]
    found = Agreement._by_code(AGREEMENT, env.company)
    return found or Agreement.create(
        {
            "name": "Pisos Verds",
            "code": AGREEMENT,
            "start_date": "2025-01-01",
            "partner_id": env["res.partner"]
            .create(
                {
                    "name": "Pisos Verds, SCCL",
                    "is_company": True,
                    "email": "pisos.verds@example.org",
                    "country_id": env.ref("base.es").id,
                }
            )
            .id,
        }
    )


def _hold_assembly(env, holder, giver):
    """Call an assembly of today's members, in which one votes for another."""
    Assembly = env["cooperative.assembly"]
    if Assembly.search_count([("name", "=", ASSEMBLY)]):
        return
    today = env.company._telecom_today()
    assembly = Assembly.create(
        {
            "name": ASSEMBLY,
            "date": today + timedelta(days=21),
            "census_date": today,
            "place": env.company.city,
        }
    )
    assembly.action_call()
    env["cooperative.assembly.delegation"].create(
        {
            "assembly_id": assembly.id,
            "giver_id": giver.id,
            "holder_id": holder.id,
        }
    )


def _leave(membership, is_resolved):
    """Write down a member's leaving; in effect when the board has resolved on it."""
    if membership.leaving_ids:
        return
    leaving = membership.leaving_ids.create({"membership_id": membership.id})
    if is_resolved:
        leaving.resolution_date = leaving.notice_date
        leaving.resolution_reference = "Acta 11/2026"
        leaving.action_resolve()
