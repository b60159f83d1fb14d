# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Explanation of events whose price has more to it than one rate and one allowance."""

# pylint: disable=prefer-env-translation  # there is no env in plain Python
from .wording import cover, money


def count_parts(facts, numbers, _):
    """Yield what the parts are, and what allowances cover of each.

    :param RatedFacts facts: an event with parts
    """
    for part in facts.parts:
        if len(facts.parts) > 1:
            yield _part(part, facts, numbers, _)
        for draw in part.draws:
            yield cover(draw, lambda quantity: facts.unit.format(quantity, numbers), _)


def price_parts(facts, numbers, _):
    """Yield how what is left of the parts becomes the amount."""
    charged = [part for part in facts.parts if part.charged]
    if not charged and not facts.setup_fee:
        yield _("Nothing is charged.")
        return
    for part in charged:
        yield from _price(part, facts, numbers, _)
    if facts.setup_fee:
        yield _(
            "The set-up fee is %(fee)s.", fee=money(facts.setup_fee, facts, numbers)
        )
    yield from _limits(facts, numbers, _)
    yield _total(facts, numbers, _)


def _part(part, facts, numbers, _):
    values = {
        "time": part.started,
        "counted": facts.unit.format(part.quantity, numbers),
        "band": part.time_band,
    }
    if part.time_band:
        return _("From %(time)s on %(counted)s count, by %(band)s.", **values)
    return _("From %(time)s on %(counted)s count.", **values)


def _price(part, facts, numbers, _):
    """Yield the price of a part by its mode."""
    values = {
        "charged": facts.unit.format(part.charged, numbers),
        "price": money(part.unit_price, facts, numbers),
        "unit": facts.unit.format_price_unit(part.price_unit, numbers),
        "before": facts.unit.format(part.before, numbers),
        "amount": money(part.amount, facts, numbers),
    }
    if part.price_mode == "package":
        yield _(
            "%(charged)s are charged, after %(before)s in the month, by started"
            " packages of %(unit)s at %(price)s: %(amount)s.",
            **values,
        )
    elif part.price_mode == "volume":
        [tier] = part.tiers
        yield _(
            "%(charged)s at %(tier)s per %(unit)s, the price of the tier that"
            " %(total)s in the month reach: %(amount)s.",
            tier=money(tier.unit_price, facts, numbers),
            total=facts.unit.format(part.total, numbers),
            **values,
        )
    elif part.price_mode == "graduated":
        yield _(
            "%(charged)s are charged, after %(before)s in the month: %(amount)s.",
            **values,
        )
        for tier in part.tiers:
            yield _tier(tier, part, facts, numbers, _)
    else:
        yield _("%(charged)s at %(price)s per %(unit)s: %(amount)s.", **values)


def _tier(tier, part, facts, numbers, _):
    values = {
        "quantity": facts.unit.format(tier.quantity, numbers),
        "price": money(tier.unit_price, facts, numbers),
        "unit": facts.unit.format_price_unit(part.price_unit, numbers),
    }
    if tier.up_to is None:
        return _(
            "%(quantity)s of them in the last tier, at %(price)s per %(unit)s.",
            **values,
        )
    return _(
        "%(quantity)s of them in the tier up to %(end)s, at %(price)s per %(unit)s.",
        end=facts.unit.format(tier.up_to, numbers),
        **values,
    )


def _limits(facts, numbers, _):
    if facts.minimum_charge is not None:
        yield _(
            "It costs %(least)s at least.",
            least=money(facts.minimum_charge, facts, numbers),
        )
    if facts.maximum_charge is not None:
        yield _(
            "It costs %(most)s at most.",
            most=money(facts.maximum_charge, facts, numbers),
        )


def _total(facts, numbers, _):
    values = {
        "exact": money(facts.amount_exact, facts, numbers),
        "amount": money(facts.rounded_amount, facts, numbers),
        "digits": facts.amount_digits,
        "rounding": facts.rounding,
    }
    if facts.amount_exact == facts.rounded_amount:
        return _("This makes %(amount)s.", **values)
    return _(
        "This makes %(exact)s, rounded to %(digits)s decimals (%(rounding)s):"
        " %(amount)s.",
        **values,
    )
