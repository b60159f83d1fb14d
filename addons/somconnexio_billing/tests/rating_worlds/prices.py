# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Strategies of rates: what one use costs."""

from decimal import Decimal

from hypothesis import strategies as st

from .scene import BANDS, DESTINATIONS, UNITS, ZONES

#: Fives at the end make ties, which the ways of rounding tell apart.
PRICES = (
    *("0", "0.01", "0.0248", "0.15", "1", "0.333333", "0.000001", "2.5", "0.0005"),
    *("0.005", "0.5", "0.0000005"),
)
FEES = ("0", "0", "0", "0.15", "0.0001", "1", "0.005")
PRICE_UNITS = ("1", "1", "60", "3", "7", "100", "1048576")
INCREMENTS = {
    "second": ("1", "1", "30", "60", "6", "7", "3600"),
    "byte": ("1", "1024", "1048576", "100000"),
    "message": ("1", "1", "2"),
    "ticket": ("1", "0.5", "0.25"),
}
#: Of the sizes that usage has, so that totals end where tiers do.
TIER_SIZES = {
    "second": ("1", "60", "61", "3600"),
    "byte": ("1", "1048576", "5000000"),
    "message": ("1", "1", "2"),
    "ticket": ("0.25", "1", "1.5"),
}
CHANGE_DAYS = ("2026-10-01", "2026-10-05", "2026-10-12", "2026-10-25", "2026-11-01")


@st.composite
def tiers(draw, unit):
    """Return ascending tiers; the last is sometimes closed."""
    sizes = st.sampled_from(TIER_SIZES[unit])
    rows, end = [], Decimal(0)
    for size in draw(st.lists(sizes, min_size=1, max_size=3)):
        end += Decimal(size)
        rows.append({"up_to": str(end), "unit_price": draw(st.sampled_from(PRICES))})
    if draw(st.integers(0, 3)):
        rows[-1]["up_to"] = None
    return rows


@st.composite
def terms(draw, usage_type, modes):
    """Return what a rate asks: prices, increments, limits, mode."""
    unit = UNITS[usage_type]
    row = {
        "unit_price": draw(st.sampled_from(PRICES)),
        "price_unit": draw(st.sampled_from(PRICE_UNITS)),
        "setup_fee": draw(st.sampled_from(FEES)),
        "first_increment": draw(st.sampled_from(INCREMENTS[unit])),
        "next_increment": draw(st.sampled_from(INCREMENTS[unit])),
        "price_mode": draw(st.sampled_from(modes)),
    }
    if row["price_mode"] in ("graduated", "volume"):
        row["tiers"] = draw(tiers(unit))
    options = draw(st.integers(0, 63))
    if options & 3 == 3:
        row["setup_on_zero"] = True
    if options & 6 == 6:
        row["setup_on_covered"] = True
    if options & 12 == 12:
        row["minimum_quantity"] = draw(st.sampled_from(("1", "10", "45")))
    if options & 24 == 24:
        row["minimum_charge"] = draw(st.sampled_from(("0.01", "0.2")))
    if options & 48 == 48:
        row["maximum_charge"] = draw(st.sampled_from(("0.2", "0.5", "3")))
    return row


KEY_FIELDS = (
    "usage_type",
    "direction",
    "destination",
    "zone",
    "network",
    "time_band",
)


@st.composite
def keys(draw, usage_type):
    """Return what a rate is for."""
    choice = draw(st.integers(0, 255))
    return {
        "usage_type": usage_type,
        "direction": "incoming" if choice & 7 == 7 else "outgoing",
        "destination": draw(st.sampled_from(DESTINATIONS)) if choice & 8 else None,
        "zone": draw(st.sampled_from(ZONES)) if choice & 48 == 48 else None,
        "network": ("any", "any", "on_net", "off_net")[choice >> 6],
        "time_band": draw(st.sampled_from((None, *BANDS))),
    }


MODES = ("per_unit", "per_unit", "per_unit", "graduated", "volume", "package")


@st.composite
def rates(draw, usage_types, modes=MODES):
    """Return rates of which no two are for the same on the same day."""
    found = {}
    for usage_type in usage_types:
        bases = ({}, {"zone": "eu"}, {"direction": "incoming"})
        for basis in bases[: draw(st.sampled_from((2, 1, 1, 3, 3, 3, 0)))]:
            row = {"usage_type": usage_type, **basis}
            found[_key(row)] = row
        for row in draw(st.lists(keys(usage_type), min_size=1, max_size=5)):
            found.setdefault(_key(row), row)
    rows = []
    for row in found.values():
        change = draw(st.sampled_from((None, None, None, *CHANGE_DAYS)))
        periods = [{}]
        if change:
            periods = [{"valid_to": change}, {"valid_from": change}]
            periods = draw(st.sampled_from((periods, periods, periods, periods[:1])))
        for period in periods:
            category = draw(st.sampled_from((None, "calls")))
            asked = draw(terms(row["usage_type"], modes))
            rows.append({**row, **period, **asked, "category": category})
    return draw(st.permutations(rows)) if len(rows) < 6 else rows


def _key(row):
    defaults = {"direction": "outgoing", "network": "any"}
    return tuple(row.get(name, defaults.get(name)) for name in KEY_FIELDS)
