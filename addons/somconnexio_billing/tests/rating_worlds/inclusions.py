# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Strategies of allowances and of the plans that include them."""

from hypothesis import strategies as st

from .prices import rates
from .scene import BANDS, DESTINATIONS, UNITS, ZONES

USAGE_TYPES = ("voice", "voice", "voice", "video", "data", "sms", "parking")

SIZES = {
    "second": ("1", "60", "90", "600", "3601"),
    "byte": ("1000", "1048576", "50000000"),
    "message": ("1", "2", "5"),
    "ticket": ("1", "3", "10"),
}
MONEY_SIZES = ("0.01", "0.35", "1", "5.55")


@st.composite
def reach(draw, usage_type):
    """Return what usage an allowance is for; half of them for all of a type."""
    if draw(st.booleans()):
        return {"usage_type": usage_type, "zones": list(ZONES)}
    choice = draw(st.integers(0, 255))
    destinations = st.lists(st.sampled_from(DESTINATIONS), max_size=3, unique=True)
    return {
        "usage_type": usage_type,
        "direction": "incoming" if choice & 15 == 15 else "outgoing",
        "destinations": draw(destinations) if choice & 16 else [],
        "network": ("any", "any", "on_net", "off_net")[choice >> 6],
        "include_home": choice & 33 != 33,
        "zones": draw(st.sampled_from(([], [], list(ZONES), ["eu"]))),
        "time_band": draw(st.sampled_from((None, None, None, *BANDS))),
    }


@st.composite
def life(draw):
    """Return in what order, for whom and for how long an allowance gives."""
    row = {
        "priority": draw(st.sampled_from((1, 1, 2))),
        "sequence": draw(st.sampled_from((1, 2))),
        "sharing": draw(
            st.sampled_from(("subscription", "subscription", "account", "pooled"))
        ),
        "proration": draw(st.sampled_from(("full", "by_day"))),
    }
    months = draw(st.sampled_from((0, 0, 1, 2)))
    if months:
        row["rollover_months"] = months
    return row


@st.composite
def allowances(draw, code, usage_types):
    """Return one allowance: units or money, by month or by bond."""
    kind = draw(st.sampled_from(("quantity", "quantity", "quantity", "money")))
    usage_type = draw(st.sampled_from(usage_types))
    row = {"code": code, "name": code, "kind": kind, **draw(reach(usage_type))}
    sizes = SIZES[UNITS[usage_type]] if kind == "quantity" else MONEY_SIZES
    if kind == "money" and draw(st.booleans()):
        row |= {"usage_type": None, "direction": None}
    how = draw(st.integers(0, 11))
    if how == 11:
        return row | {"unlimited": True, "priority": draw(st.integers(1, 2))}
    if how > 7:
        return row | {"one_shot": True, "priority": draw(st.integers(1, 2))}
    size = draw(st.sampled_from(sizes))
    row |= {"quantity" if kind == "quantity" else "amount": size, **draw(life())}
    if row.get("rollover_months") and draw(st.booleans()):
        row["rollover_limit"] = draw(st.sampled_from(sizes))
    return row


@st.composite
def plans(draw, code, usage_types):
    """Return a plan with its prices and what it includes, for some usage types."""
    count = draw(st.sampled_from((2, 0, 1, 2, 3, 4, 5)))
    plan = {
        "code": code,
        "amount_digits": draw(st.sampled_from((6, 6, 2, 4, 0, 8))),
        "rounding_method": draw(
            st.sampled_from(("half_up", "half_even", "up", "down"))
        ),
        "band_rule": draw(st.sampled_from(("start", "split", "split"))),
        "proration_method": draw(
            st.sampled_from(("days_of_month", "thirty_days", "full_month"))
        ),
        "rates": draw(rates(usage_types)),
        "allowances": [
            draw(allowances(f"{code}-{number}", usage_types)) for number in range(count)
        ],
    }
    spend = draw(st.integers(0, 5))
    if spend == 1:
        plan["maximum_spend"] = draw(st.sampled_from(("0.5", "2", "5")))
    if spend == 2:
        plan["minimum_spend"] = draw(st.sampled_from(("0.5", "5", "20")))
    return plan
