# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Strategies of whole accounts with their usage, and worlds made of many of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from .inclusions import USAGE_TYPES, plans
from .prices import rates
from .scene import (
    COUNTRIES,
    COUNTRY_WITHOUT_ZONE,
    NUMBERS,
    TIME_ZONES,
    UNITS,
    UNKNOWN_NUMBER,
    bands,
    fixed_part,
)

LINE_DAYS = ("2026-09-01", "2026-09-16", "2026-10-01", "2026-10-12", "2026-11-01")
#: Midnights, month ends, band edges and the two hours that clocks are changed at.
ANCHORS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
    for text in (
        "2026-08-20T06:00:00",
        "2026-09-15T22:00:00",
        "2026-09-30T22:00:00",
        "2026-10-04T21:59:00",
        "2026-10-05T18:00:00",
        "2026-10-11T22:00:00",
        "2026-10-12T06:00:00",
        "2026-10-25T00:00:00",
        "2026-10-25T01:00:00",
        "2026-10-31T23:00:00",
        "2026-11-04T12:00:00",
        "2026-11-30T22:30:00",
    )
)
SHIFTS = (0, 0, -1, 1, -59, 60, -3600, 1800, 3600, -86400)
QUANTITIES = {
    "second": (0, 1, 59, 60, 61, 90, 119, 600, 3599, 3600, 7300),
    "byte": (0, 1, 1023, 1048576, 1048577, 5000000, 123456789),
    "message": (1, 1, 1, 2, 0),
    "ticket": ("0", "0.25", "1", "1.5", "2.125", "7"),
}


@dataclass(frozen=True)
class Piece:
    """One account: its plans, its subscriptions, its usage rows, in any order."""

    plans: tuple
    subscriptions: tuple
    rows: tuple


@dataclass(frozen=True)
class World:
    """A document and its usage, as the product and the reference take them."""

    document: dict
    rows: list


@st.composite
def scenes(draw):
    """Return what all accounts of a world share, without plans and subscriptions."""
    return {
        **fixed_part(),
        "time_zone": draw(st.sampled_from(TIME_ZONES)),
        "time_bands": draw(bands()),
        "wholesale": {"rates": draw(rates(("voice", "data"), modes=("per_unit",)))},
    }


@st.composite
def lines(draw, codes):
    """Return the dated plans of a subscription."""
    if len(codes) == 1 or not draw(st.booleans()):
        periods = (None, None, None, {"from": draw(st.sampled_from(LINE_DAYS))})
        return [{"plan": codes[0], **(draw(st.sampled_from(periods)) or {})}]
    change = draw(st.sampled_from(LINE_DAYS))
    back = draw(st.sampled_from((None, None, *LINE_DAYS)))
    found = [
        {"plan": codes[0], "to": change},
        {"plan": codes[1], "from": change},
    ]
    if back and back > change:
        found[1]["to"] = back
        found.append({"plan": codes[0], "from": back})
    return found


@st.composite
def bonds(draw, piece_plans, codes):
    """Return the bonds a subscription bought."""
    known = [
        allowance["code"]
        for plan in piece_plans
        if plan["code"] in codes
        for allowance in plan["allowances"]
        if allowance.get("one_shot")
    ]
    if not known:
        return []
    found = []
    for _number in range(draw(st.integers(0, 3))):
        start = draw(instants())
        days = draw(st.sampled_from((None, 1, 5, 40)))
        grant = {
            "allowance": draw(st.sampled_from(known)),
            "valid_from_at": _text(start),
            "quantity": draw(st.sampled_from(("1", "5", "100", "3000"))),
        }
        if days:
            grant["expires_at"] = _text(start + timedelta(days=days))
        found.append(grant)
    return found


@st.composite
def instants(draw):
    """Return a UTC instant, most often near one at which something changes."""
    shift = draw(st.sampled_from(SHIFTS)) + draw(st.sampled_from((0, 0, 1, -2, 37)))
    return draw(st.sampled_from(ANCHORS)) + timedelta(seconds=shift)


def _text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@st.composite
def usage(draw, event_id, subscriptions, usage_types):
    """Return one row of usage."""
    usage_type = draw(st.sampled_from(usage_types))
    choice = draw(st.integers(0, 1023))
    row = {
        "event_id": event_id,
        "subscription": draw(st.sampled_from(subscriptions)),
        "usage_type": usage_type,
        "direction": "incoming" if choice & 15 == 15 else "outgoing",
        "started_at": _text(draw(instants())),
        "quantity": str(draw(st.sampled_from(QUANTITIES[UNITS[usage_type]]))),
        "other_number": "",
    }
    place = subscriptions.index(row["subscription"]) + 1
    if choice & 512:
        row["served_number"] = f"@{place}"
    if usage_type in ("voice", "video", "sms"):
        row["other_number"] = draw(st.sampled_from((*NUMBERS, "@1", "@2")))
        if choice >> 4 == 63:
            row["other_number"] = UNKNOWN_NUMBER
    if choice & 7 == 1:
        row["visited_country"] = draw(st.sampled_from(COUNTRIES))
        if choice & 120 == 120:
            row["visited_country"] = COUNTRY_WITHOUT_ZONE
    if choice & 384 == 384:
        row["wholesale_cost"] = draw(st.sampled_from(("0", "0.004", "0.123456789")))
    return row


@st.composite
def pieces(draw, max_rows=30):
    """Return one account with at most so many usage rows."""
    usage_types = draw(st.lists(st.sampled_from(USAGE_TYPES), min_size=1, max_size=2))
    usage_types = list(dict.fromkeys(usage_types))
    plan_codes = ("P1", "P2")[: draw(st.sampled_from((1, 2)))]
    found_plans = [draw(plans(code, usage_types)) for code in plan_codes]
    subscriptions = []
    for code in ("A", "B", "C")[: draw(st.sampled_from((1, 1, 2, 3)))]:
        own_lines = draw(lines(draw(st.permutations(plan_codes))))
        codes = {line["plan"] for line in own_lines}
        row = {"code": code, "account": "X", "lines": own_lines}
        row["grants"] = draw(bonds(found_plans, codes))
        subscriptions.append(row)
    codes = [row["code"] for row in subscriptions]
    least = min(max_rows, 8)
    count = draw(st.integers(least, max_rows))
    rows = [draw(usage(f"{i:04d}", codes, usage_types)) for i in range(count)]
    return Piece(tuple(found_plans), tuple(subscriptions), tuple(rows))


def merge(scene, members):
    """Return the world of a scene and its pieces, each with names of its own.

    :param list members: pieces; None leaves the place of one empty
    """
    found_plans, subscriptions, rows = [], [], []
    for number, piece in enumerate(members):
        if piece is None:
            continue
        prefix = f"{number:05d}-"
        for plan in piece.plans:
            allowances = [_renamed(row, prefix, "code") for row in plan["allowances"]]
            plan = {**plan, "allowances": allowances}
            found_plans.append(_renamed(plan, prefix, "code"))
        for subscription in piece.subscriptions:
            subscriptions.append(_renamed_subscription(subscription, prefix))
        for row in piece.rows:
            row = _renamed(row, prefix, "event_id", "subscription")
            rows.append(_with_numbers(row, number))
    document = {**scene, "plans": found_plans, "subscriptions": subscriptions}
    return World(document, rows)


def _renamed(row, prefix, *names):
    return {**row, **{name: prefix + row[name] for name in names}}


def _with_numbers(row, number):
    """Give the numbers that stand for the piece's own ones their digits."""
    for name in ("served_number", "other_number"):
        if row.get(name, "").startswith("@"):
            row[name] = f"34678{number:05d}{row[name][1:]}"
    return row


def _renamed_subscription(row, prefix):
    return {
        **_renamed(row, prefix, "code", "account"),
        "lines": [_renamed(line, prefix, "plan") for line in row["lines"]],
        "grants": [_renamed(grant, prefix, "allowance") for grant in row["grants"]],
    }
