# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the values of one row must have to do with each other.

Dates are compared as text: ISO 8601 sorts by time.
"""

from decimal import Decimal

from .kinds import TAX_PLACES, tax_names
from .mandate import is_reference

#: A bill rounds its tax line by line: how far that may lead, as a share of the base.
#: Half a percent still tells any two rates from each other.
TAX_TOLERANCE = Decimal("0.005")
TAX_CENTS = Decimal("0.05")


def find_faults(kind_name, values):
    """Yield ``(column, code, expected)`` for each contradiction within a row.

    Only values that could be read are looked at: a required one that is missing has
    been reported already.
    """
    check = _CHECKS.get(kind_name)
    if check:
        yield from check(values)


def _dates_in_order(values, first, last):
    start, end = values.get(first), values.get(last)
    if start and end and end < start:
        yield last, "date_order", f">= {start}"


def _check_period(values):
    yield from _dates_in_order(values, "start_date", "end_date")


def _check_subscription(values):
    state = values.get("state")
    needed = {
        "active": ("activation_date",),
        "suspended": ("activation_date", "suspension_date"),
        "terminated": ("termination_date",),
    }
    for name in needed.get(state, ()):
        if not values.get(name):
            yield name, "missing", ""
    if state == "active" and values.get("suspension_date"):
        yield "suspension_date", "not_with_state", "suspended"
    if state == "pending" and values.get("activation_date"):
        yield "activation_date", "not_with_state", "active"
    yield from _dates_in_order(values, "activation_date", "suspension_date")
    yield from _dates_in_order(values, "activation_date", "termination_date")


def _check_partner(values):
    if values.get("address_kind") and not values.get("parent"):
        yield "parent", "missing", ""


def _check_membership(values):
    yield from _dates_in_order(values, "admitted_date", "joined_date")
    yield from _dates_in_order(values, "joined_date", "left_date")
    for name in ("share_count", "paid_amount", "remaining_instalments"):
        if values.get("left_date") and values.get(name) not in (None, "0"):
            yield name, "not_with_left", ""
    if values.get("refundable_amount") not in (None, "0"):
        if not values.get("left_date"):
            yield "refundable_amount", "only_with_left", ""
        yield from _dates_in_order(values, "left_date", "refund_due_date")
    if (values.get("kind") == "agreement") != bool(values.get("agreement")):
        yield "agreement", "agreement_kind", ""


def _check_mandate(values):
    if not is_reference(values.get("reference", "")):
        yield "reference", "bad_reference", "A-Z a-z 0-9 + ? / - : ( ) . , '"
    yield from _dates_in_order(values, "signed_date", "last_debit_date")


def _check_bill(values):
    names = ("amount_untaxed", "amount_tax", "amount_total", "amount_residual")
    if not all(values.get(name) for name in names):
        return
    untaxed, tax, total, residual = (Decimal(values[name]) for name in names)
    if any(number.as_tuple().exponent < -2 for number in (untaxed, tax, residual)):
        yield "amount_untaxed", "cents", ""
    if untaxed + tax != total:
        yield "amount_total", "sum_differs", f"{untaxed + tax:f}"
    if total < 0:
        yield "amount_total", "negative", ">= 0"
    elif not 0 <= residual <= total:
        yield "amount_residual", "residual_range", f"0 … {total:f}"
    yield from _check_taxes(values, untaxed, tax)
    yield from _dates_in_order(values, "issue_date", "due_date")
    yield from _dates_in_order(values, "period_start", "period_end")


def _check_taxes(values, untaxed, tax):
    """Yield what is wrong with the taxes by rate, of a bill that has them."""
    rates = []
    for place in TAX_PLACES:
        names = tax_names(place)
        given = [values.get(name) for name in names]
        if not any(given):
            continue
        if not all(given):
            yield names[given.index(None)], "missing", ""
            return
        rates.append((place, *map(Decimal, given)))
    if not rates:
        return
    first = rates[0][0]
    bases, amounts = (sum(item[part] for item in rates) for part in (2, 3))
    if bases != untaxed:
        yield f"tax_base_{first}", "bases_differ", f"{untaxed:f}"
    if amounts != tax:
        yield f"tax_amount_{first}", "taxes_differ", f"{tax:f}"
    yield from _check_rates(rates)


def _check_rates(rates):
    seen = set()
    for place, rate, base, amount in rates:
        wanted = base * rate / 100
        if abs(amount - wanted) > abs(base) * TAX_TOLERANCE + TAX_CENTS:
            yield f"tax_amount_{place}", "rate_differs", f"{wanted:.2f}"
        if rate in seen:
            yield f"tax_rate_{place}", "rate_twice", ""
        seen.add(rate)


_CHECKS = {
    "partner": _check_partner,
    "membership": _check_membership,
    "subscription": _check_subscription,
    "line": _check_period,
    "assignment": _check_period,
    "mandate": _check_mandate,
    "bill": _check_bill,
}
