# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""JSON to ``TariffDocument`` and back."""

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import schema
from .consistency import find_contradictions
from .document import (
    FORMAT,
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
from .instants import as_utc, format_minute
from .json_text import read_json

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


def dump(document):
    """Return a document as JSON text; ``parse`` of it gives an equal one.

    Every key is written, defaults included, so that it can be reviewed line by line.
    """
    text = json.dumps(
        _as_json(document), indent=1, ensure_ascii=False, default=_as_json_value
    )
    return f"{text}\n"


def _read(source):
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = f"byte {error.start} is no UTF-8: save the file as UTF-8"
            raise DocumentError([Problem("", text)]) from None
    return read_json(source) if isinstance(source, str) else source


def _zone(name):
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = f"there is no time zone {name!r}, such as Europe/Madrid"
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


def _as_json(document):
    """Return a document as the dict that its JSON shows."""
    plan = _plan_as_json(document.plan)
    head = {"format": FORMAT, "code": plan.pop("code"), "name": plan.pop("name")}
    rates, allowances = plan.pop("rates"), plan.pop("allowances")
    shared = {
        name: [dict(vars(item)) for item in getattr(document, name)]
        for name in (
            "usage_types",
            "calendars",
            "destinations",
            "roaming_zones",
            "categories",
        )
    }
    found = {
        **head,
        "currency": document.currency,
        "time_zone": document.time_zone,
        **plan,
        **shared,
        "time_bands": [_band_as_json(band) for band in document.time_bands],
        "on_net_numbers": document.on_net_numbers,
        "rates": rates,
        "allowances": allowances,
        "plans": [_plan_as_json(plan) for plan in document.plans],
    }
    if document.wholesale is not None:
        found["wholesale"] = {"rates": [_rate_as_json(r) for r in document.wholesale]}
    if document.subscriptions is not None:
        found["subscriptions"] = [
            _subscription_as_json(item) for item in document.subscriptions
        ]
    return found


def _plan_as_json(plan):
    return {
        **vars(plan),
        "rates": [_rate_as_json(rate) for rate in plan.rates],
        "allowances": [dict(vars(allowance)) for allowance in plan.allowances],
    }


def _rate_as_json(rate):
    return {**vars(rate), "tiers": [dict(vars(tier)) for tier in rate.tiers]}


def _band_as_json(band):
    windows = [
        {
            "days": window.days or "holiday",
            "from": format_minute(window.start_minute),
            "to": format_minute(window.end_minute),
        }
        for window in band.windows
    ]
    return {**vars(band), "windows": windows}


def _subscription_as_json(item):
    lines = [
        {"plan": line.plan, "from": line.valid_from, "to": line.valid_to}
        for line in item.lines
    ]
    return {
        "code": item.code,
        "account": item.account,
        "to": item.ends_on,
        "lines": lines,
        "grants": [dict(vars(grant)) for grant in item.grants],
    }


def _as_json_value(value):
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return f"{value.isoformat()}+00:00"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
