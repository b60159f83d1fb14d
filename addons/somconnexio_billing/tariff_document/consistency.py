# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a schema can't say: references, overlaps, order.

Each function yields the problems of one rule.
"""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from .errors import Problem
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

TIERED = ("graduated", "volume")


def find_contradictions(document):
    """Yield every contradiction inside a document."""
    for name in ("usage_types", "calendars", "time_bands", "destinations"):
        yield from _same_code(name, getattr(document, name))
    yield from _same_code("roaming_zones", document.roaming_zones)
    yield from _same_code("categories", document.categories)
    yield from _twice("destinations", "prefixes", document.destinations)
    yield from _twice("roaming_zones", "countries", document.roaming_zones)
    yield from _time_bands(document)
    yield from _same_code("plans", document.all_plans[1:], {document.code: "code"})
    seen = set()
    for path, plan in _plans(document):
        # A plan that overrides nothing shares the document's own tuples.
        if id(plan.rates) not in seen:
            yield from find_rate_problems(document, plan.rates, f"{path}rates")
        if id(plan.allowances) not in seen:
            yield from _allowances(document, plan.allowances, f"{path}allowances")
        if plan.maximum_spend and plan.minimum_spend > plan.maximum_spend:
            text = _("is less than %(other)s", other="minimum_spend")
            yield Problem(f"{path}maximum_spend", text)
        seen |= {id(plan.rates), id(plan.allowances)}
    if document.wholesale:
        yield from find_rate_problems(document, document.wholesale, "wholesale.rates")
        yield from _wholesale(document.wholesale)
    yield from _subscriptions(document)


def _plans(document):
    yield "", document.plan
    for number, plan in enumerate(document.plans):
        yield f"plans[{number}].", plan


def _same_code(name, items, seen=None):
    seen = dict(seen or {})
    for number, item in enumerate(items):
        path = f"{name}[{number}].code"
        if item.code in seen:
            text = _(
                "%(code)r is also %(place)s: rename one",
                code=item.code,
                place=seen[item.code],
            )
            yield Problem(path, text)
        seen.setdefault(item.code, path)


def _twice(name, field, items):
    """Yield values that several items of a list claim."""
    seen = {}
    for number, item in enumerate(items):
        for value in getattr(item, field):
            if value in seen:
                text = _(
                    "%(value)s belongs to %(code)r already: remove one",
                    value=value,
                    code=seen[value],
                )
                yield Problem(f"{name}[{number}].{field}", text)
            seen.setdefault(value, item.code)


def _time_bands(document):
    calendars = {calendar.code for calendar in document.calendars}
    for number, band in enumerate(document.time_bands):
        path = f"time_bands[{number}]"
        if band.calendar is not None and band.calendar not in calendars:
            yield _unknown(f"{path}.calendar", band.calendar, "calendars", calendars)
        for index, window in enumerate(band.windows):
            if window.start_minute >= window.end_minute:
                text = _("begins after its end: split it at midnight into two windows")
                yield Problem(f"{path}.windows[{index}]", text)


def _unknown(path, code, name, known):
    choices = ", ".join(sorted(known)) or _("none")
    text = _(
        "%(code)r is not in %(list)s (%(choices)s)",
        code=code,
        list=name,
        choices=choices,
    )
    return Problem(path, text)


def _references(document):
    """Return what codes may be named by which field, and in which list."""
    return {
        "usage_type": ("usage_types", set(document.all_usage_types)),
        "destination": ("destinations", {d.code for d in document.destinations}),
        "zone": ("roaming_zones", {z.code for z in document.roaming_zones}),
        "time_band": ("time_bands", {b.code for b in document.time_bands}),
        "category": ("categories", {c.code for c in document.categories}),
    }


def find_rate_problems(document, rates, name="rates"):
    """Yield every contradiction of rates: unknown codes, overlaps, tiers."""
    references = _references(document)
    by_key = defaultdict(list)
    for number, rate in enumerate(rates):
        path = f"{name}[{number}]"
        for field, (listed, known) in references.items():
            code = getattr(rate, field)
            if code is not None and code not in known:
                yield _unknown(f"{path}.{field}", code, listed, known)
        if rate.valid_from and rate.valid_to and rate.valid_from >= rate.valid_to:
            text = _("must be after %(other)s", other="valid_from")
            yield Problem(f"{path}.valid_to", text)
        if rate.maximum_charge and rate.minimum_charge > rate.maximum_charge:
            text = _("is less than %(other)s", other="minimum_charge")
            yield Problem(f"{path}.maximum_charge", text)
        yield from _tiers(rate, path)
        by_key[rate.key].append((rate.valid_from or date.min, number, rate))
    for same in by_key.values():
        yield from _overlaps(sorted(same, key=lambda item: item[:2]), name)


def _overlaps(same, name):
    """Yield rates of one key that are valid on the same day."""
    for (_start, first, earlier), (start, second, _later) in pairwise(same):
        if (earlier.valid_to or date.max) > start:
            text = _(
                "overlaps %(place)s, which has the same usage_type, direction,"
                " destination, zone, network and time_band: give that one the valid_to"
                " %(day)s",
                place=f"{name}[{first}]",
                day=str(start) if start > date.min else _("of a day"),
            )
            yield Problem(f"{name}[{second}]", text)


def _tiers(rate, path):
    if rate.price_mode in TIERED and not rate.tiers:
        text = _("are missing: %(mode)s needs them", mode=rate.price_mode)
        yield Problem(f"{path}.tiers", text)
    if rate.price_mode not in TIERED and rate.tiers:
        text = _("are given, and %(mode)s has none: remove them", mode=rate.price_mode)
        yield Problem(f"{path}.tiers", text)
    limits = [tier.up_to for tier in rate.tiers]
    for number, (lower, upper) in enumerate(pairwise(limits), start=1):
        if lower is None or (upper is not None and upper <= lower):
            text = _("must be more than the tier before; only the last may be null")
            yield Problem(f"{path}.tiers[{number}].up_to", text)


def _wholesale(rates):
    for number, rate in enumerate(rates):
        if rate.price_mode != "per_unit":
            path = f"wholesale.rates[{number}].price_mode"
            yield Problem(path, _("wholesale prices are per_unit only"))


def _allowances(document, allowances, name):
    yield from _same_code(name, allowances)
    references = _references(document)
    for number, allowance in enumerate(allowances):
        path = f"{name}[{number}]"
        for field in ("usage_type", "time_band"):
            listed, known = references[field]
            code = getattr(allowance, field)
            if code is not None and code not in known:
                yield _unknown(f"{path}.{field}", code, listed, known)
        for field, key in (("destinations", "destination"), ("zones", "zone")):
            listed, known = references[key]
            for code in getattr(allowance, field):
                if code not in known:
                    yield _unknown(f"{path}.{field}", code, listed, known)
        yield from _allowance_size(allowance, path)


def _allowance_size(allowance, path):
    is_money = allowance.kind == "money"
    wanted, other = ("amount", "quantity") if is_money else ("quantity", "amount")
    if getattr(allowance, other) is not None:
        text = _("kind %(kind)s has %(wanted)s", kind=allowance.kind, wanted=wanted)
        yield Problem(f"{path}.{other}", text)
    given = getattr(allowance, wanted) is not None
    if allowance.one_shot:
        if given or allowance.unlimited:
            text = _("is given by each grant: remove it from a one_shot allowance")
            yield Problem(f"{path}.{wanted if given else 'unlimited'}", text)
    elif given == allowance.unlimited:
        text = _("give it, or set unlimited; not both")
        yield Problem(f"{path}.{wanted}", text)
    if not is_money and allowance.usage_type is None:
        text = _("only money may be for any usage type")
        yield Problem(f"{path}.usage_type", text)
    if not is_money and allowance.direction is None:
        text = _("only money may be for both directions")
        yield Problem(f"{path}.direction", text)
    if allowance.one_shot and allowance.rollover_months:
        text = _("a one_shot allowance does not roll")
        yield Problem(f"{path}.rollover_months", text)


def _subscriptions(document):
    items = document.subscriptions or ()
    yield from _same_code("subscriptions", items)
    plans = {plan.code: plan for plan in document.all_plans}
    for number, item in enumerate(items):
        path = f"subscriptions[{number}]"
        for line in item.lines:
            if line.plan not in plans:
                yield _unknown(f"{path}.plan", line.plan, "plans", set(plans))
        yield from _line_overlaps(item.lines, path)
        yield from _grants(item, plans, path)


def _line_overlaps(lines, path):
    ordered = sorted(lines, key=lambda line: line.valid_from or date.min)
    for earlier, later in pairwise(ordered):
        if (earlier.valid_to or date.max) > (later.valid_from or date.min):
            text = _(
                "%(earlier)s and %(later)s hold on the same day: give 'to'",
                earlier=earlier.plan,
                later=later.plan,
            )
            yield Problem(f"{path}.lines", text)


def _grants(item, plans, path):
    known = {
        allowance.code
        for line in item.lines
        if line.plan in plans
        for allowance in plans[line.plan].allowances
        if allowance.one_shot
    }
    for number, grant in enumerate(item.grants):
        place = f"{path}.grants[{number}]"
        if grant.allowance not in known:
            name = _("the one_shot allowances of its plans")
            yield _unknown(f"{place}.allowance", grant.allowance, name, known)
        if grant.expires_at and grant.expires_at <= grant.valid_from_at:
            text = _("must be after %(other)s", other="valid_from_at")
            yield Problem(f"{place}.expires_at", text)
