# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""JSON to ``TariffDocument``."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import schema
from .consistency import find_contradictions
from .document import (
    Allowance,
    Calendar,
    Category,
    Destination,
    Grant,
    Plan,
    PlanLine,
    Rate,
    RoamingZone,
    Subscription,
    TariffDocument,
    Tier,
    TimeBand,
    UsageType,
    Window,
)
from .errors import DocumentError, Problem
from .instants import as_utc
from .json_text import read_json
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

#: Keys of a plan that the document has too.
PLAN_KEYS = (
    "name",
    "amount_digits",
    "rounding_method",
    "band_rule",
    "proration_method",
    "minimum_spend",
    "maximum_spend",
    "rates",
    "allowances",
)


def parse(source):
    """Return the document that a JSON text or the dict in it describes.

    :param source: str, bytes in UTF-8, dict, or a TariffDocument, returned as it is
    :raise DocumentError: with every fault, its path and what to do
    """
    if isinstance(source, TariffDocument):
        return source
    value, problems = schema.check(_read(source))
    if problems:
        raise DocumentError(problems)
    zone = _zone(value["time_zone"])
    document = _document(value, zone)
    problems = list(find_contradictions(document))
    if problems:
        raise DocumentError(problems)
    return document


def _read(source):
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = _(
                "byte %(number)s is no UTF-8: save the file as UTF-8",
                number=error.start,
            )
            raise DocumentError([Problem("", text)]) from None
    return read_json(source) if isinstance(source, str) else source


def _zone(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = _("there is no time zone %(name)r, such as Europe/Madrid", name=name)
        raise DocumentError([Problem("time_zone", text)]) from None


def _document(value, zone):
    subscriptions = value["subscriptions"]
    return TariffDocument(
        code=value["code"],
        currency=value["currency"],
        time_zone=value["time_zone"],
        usage_types=_all(UsageType, value["usage_types"]),
        calendars=_all(Calendar, value["calendars"]),
        time_bands=tuple(_time_band(band) for band in value["time_bands"]),
        destinations=_all(Destination, value["destinations"]),
        roaming_zones=_all(RoamingZone, value["roaming_zones"]),
        on_net_numbers=tuple(value["on_net_numbers"]),
        categories=_all(Category, value["categories"]),
        plan=_plan(value["code"], value),
        plans=tuple(_plan(plan["code"], {**value, **plan}) for plan in value["plans"]),
        wholesale=value["wholesale"] and _rates(value["wholesale"]["rates"]),
        subscriptions=None
        if subscriptions is None
        else tuple(_subscription(item, value["code"], zone) for item in subscriptions),
    )


def _all(kind, values):
    """Return dataclasses of one kind; their lists become tuples."""
    return tuple(kind(**_frozen(value)) for value in values)


def _frozen(value):
    return {
        name: tuple(item) if isinstance(item, list) else item
        for name, item in value.items()
    }


def _time_band(value):
    windows = (
        Window(
            days=() if window["days"] == "holiday" else tuple(sorted(window["days"])),
            start_minute=_minute(window["from"]),
            end_minute=_minute(window["to"]),
        )
        for window in value["windows"]
    )
    return TimeBand(**{**value, "windows": tuple(windows)})


def _minute(value):
    """Return a time as minute; defaults are text still."""
    return schema.parse_minute(value) if isinstance(value, str) else value


def _plan(code, value):
    plan = {name: value[name] for name in PLAN_KEYS}
    plan["rates"] = _rates(value["rates"])
    plan["allowances"] = _all(Allowance, value["allowances"])
    return Plan(code=code, **plan)


def _rates(values):
    return tuple(
        Rate(**{**value, "tiers": _all(Tier, value["tiers"])}) for value in values
    )


def _subscription(value, own_plan, zone):
    bounds = PlanLine(value["plan"] or own_plan, value["from"], value["to"])
    lines = [
        PlanLine(line["plan"], line["from"], line["to"]) for line in value["lines"]
    ]
    cut = (_within(line, bounds) for line in lines or [bounds])
    grants = (
        Grant(
            allowance=grant["allowance"],
            valid_from_at=as_utc(grant["valid_from_at"], zone),
            expires_at=grant["expires_at"] and as_utc(grant["expires_at"], zone),
            quantity=grant["quantity"],
        )
        for grant in value["grants"]
    )
    return Subscription(
        code=value["code"],
        account=value["account"],
        lines=tuple(line for line in cut if line),
        grants=tuple(grants),
        ends_on=value["to"],
    )


def _within(line, bounds):
    """Return a line cut to the days of service, None when none is left."""
    start = max(line.valid_from or date.min, bounds.valid_from or date.min)
    end = min(line.valid_to or date.max, bounds.valid_to or date.max)
    if start >= end:
        return None
    return PlanLine(
        line.plan,
        None if start == date.min else start,
        None if end == date.max else end,
    )
