# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers and SIM cards that wait for somebody."""

PROVIDER = "Majorista Mòbil, SA"
#: Kind -> names; valid, and none of them one of the generated members'.
STOCK = {
    "msisdn": [f"6559012{place:02}" for place in range(1, 9)],
    "iccid": [
        "8934990700000000017",
        "8934990700000000025",
        "8934990700000000033",
        "8934990700000000041",
        "8934990700000000058",
        "8934990700000000066",
    ],
}
MINIMUM_COUNTS = {"msisdn": 5, "iccid": 10}


def add_stock(env, partner):
    """Put numbers and SIM cards in stock, keep one for a person, watch the levels.

    :param partner: res.partner for whom a number is kept
    :return: the telecom.resource records of the SIM cards
    """
    Resource = env["telecom.resource"]
    Partner = env["res.partner"]
    provider = Partner.search([("name", "=", PROVIDER)], limit=1)
    if not provider:
        provider = Partner.create({"name": PROVIDER, "is_company": True})
        kinds = env["telecom.resource.kind"].search([("code", "in", list(STOCK))])
        made = Resource.create(
            [
                {"kind_id": kind.id, "name": name, "provider_id": provider.id}
                for kind in kinds
                for name in STOCK[kind.code]
            ]
        )
        made.filtered(lambda one: one.kind_id.code == "msisdn")[:1].reserve(
            hours=0, partner_id=partner.id
        )
        _watch_levels(env, kinds, provider)
    return Resource.search(
        [("provider_id", "=", provider.id), ("kind_id.code", "=", "iccid")], order="id"
    )


def _watch_levels(env, kinds, provider):
    """Let somebody be told when there are fewer than there should be."""
    levels = env["telecom.resource.stock.level"].create(
        [
            {
                "kind_id": kind.id,
                "provider_id": provider.id,
                "minimum_count": MINIMUM_COUNTS[kind.code],
                "user_id": env.ref("base.user_admin").id,
            }
            for kind in kinds
        ]
    )
    levels.action_check()
