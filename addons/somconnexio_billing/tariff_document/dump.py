# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``TariffDocument`` to JSON."""

import json
from datetime import date, datetime
from decimal import Decimal

from .document import FORMAT
from .instants import format_minute


def dump(document):
    """Return a document as JSON text; ``parse`` of it gives an equal one.

    Every key is written, defaults included, so that it can be reviewed line by line.
    """
    text = json.dumps(
        _as_json(document), indent=1, ensure_ascii=False, default=_as_json_value
    )
    return f"{text}\n"


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
