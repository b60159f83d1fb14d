# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What agents ask for on subscriptions: three planned, one done."""

from datetime import timedelta

TARIFF = "SE_SC_REC_MOBILE_T_UNL_30720"
MOBILE_COUNT = 3


def add_operations(env, day, sims):
    """Plan a change of tariff, of SIM and a termination; do a change of address.

    :param date day: when the planned ones begin; the month has no bills yet
    :param sims: telecom.resource records in stock
    :raise LookupError: when the world has too few mobiles
    """
    tariff, sim, leaving = _mobiles(env)
    when = day.isoformat()
    tariff.request_tariff_change(TARIFF, when, request_key="demo-tariff")
    sim.request_sim_swap(sims[0].id, when, request_key="demo-sim")
    last_day = day + timedelta(days=19)
    leaving.request_termination(
        "price",
        last_day.isoformat(),
        "Another operator",
        request_key="demo-termination",
    )
    # Its bills begin later: an address decides on taxes.
    moving = env["contract.contract"].search(
        [("telecom_state", "=", "pending"), ("code", "=like", "S0%")],
        order="code",
        limit=1,
    )
    holder = moving.partner_id
    moving.request_address_change(
        {
            "street": "Carrer de la Font, 8",
            "zip": holder.zip,
            "city": holder.city,
            "state_id": holder.state_id.id or None,
        },
        request_key="demo-address",
    )


def _mobiles(env):
    """Return the first running mobiles that are in no pack and run on."""
    mobiles = env["contract.contract"].search(
        [
            ("telecom_state", "=", "active"),
            ("telecom_service_type_id.code", "=", "mobile"),
            ("telecom_offering_id.default_code", "!=", TARIFF),
            ("pack_member_ids", "=", False),
            ("code", "=like", "S0%"),
        ],
        order="code",
        limit=MOBILE_COUNT,
    )
    if len(mobiles) < MOBILE_COUNT:
        raise LookupError(
            f"The world has {len(mobiles)} mobiles outside packs, {MOBILE_COUNT} are "
            "needed: generate more subscriptions."
        )
    return mobiles
