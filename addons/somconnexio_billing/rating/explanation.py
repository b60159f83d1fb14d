# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Why a usage event costs what it costs, in sentences.

The words come from the rated usage alone, so that a bill of last year can still be
explained. They are translated by the function that the caller gives, Odoo's
``env._``: its name here is ``_`` for the translators' tools to find the texts.
"""

# pylint: disable=prefer-env-translation  # there is no env in plain Python
from .explanation_parts import count_parts, price_parts
from .facts import DrawFacts, RatedFacts
from .wording import cover, money

__all__ = ["NUMBERS", "RatedFacts", "explain"]

#: The facts that a rated usage holds as numbers.
NUMBERS = (
    "quantity",
    "chargeable_quantity",
    "allowance_quantity",
    "charged_quantity",
    "allowance_used_before",
    "setup_fee",
    "unit_price",
    "price_unit",
    "amount_exact",
    "amount",
    "allowance_amount",
    "capped_amount",
)


def explain(facts, numbers, _):
    """Return the sentences that explain a price, in the order of the computation.

    :param RatedFacts facts: the rated usage
    :param NumberFormat numbers: signs of the reader's language
    :param _: translates a text and fills in its ``%(name)s``
    :return: list of str
    """
    sentences = [_situation(facts, _), *_circumstances(facts, _)]
    sentences.append(_count(facts, numbers, _))
    if facts.parts:
        sentences += count_parts(facts, numbers, _)
        sentences += price_parts(facts, numbers, _)
    else:
        if facts.allowance and facts.chargeable_quantity:
            sentences.append(_cover(facts, numbers, _))
        sentences.append(_charge(facts, numbers, _))
    sentences += _reduce(facts, numbers, _)
    if facts.is_late:
        sentences.append(_("It came after its month was billed."))
    return sentences


def _circumstances(facts, _):
    """Yield what else the rate was chosen by."""
    if facts.is_on_net:
        yield _("The other number is in our own network.")
    if facts.time_band:
        yield _("It began in the time band %(band)s.", band=facts.time_band)


def _situation(facts, _):
    values = {
        "usage_type": facts.usage_type,
        "destination": facts.destination,
        "zone": facts.zone,
        "tariff": facts.tariff,
        "offering": facts.offering,
    }
    if facts.is_outgoing and facts.destination and facts.zone:
        return _(
            "%(usage_type)s from %(zone)s to %(destination)s, by the tariff"
            " %(tariff)s of %(offering)s.",
            **values,
        )
    if facts.zone:
        return _(
            "%(usage_type)s in %(zone)s, by the tariff %(tariff)s of %(offering)s.",
            **values,
        )
    if facts.is_outgoing and facts.destination:
        return _(
            "%(usage_type)s to %(destination)s, by the tariff %(tariff)s of"
            " %(offering)s.",
            **values,
        )
    if facts.is_outgoing:
        return _("%(usage_type)s, by the tariff %(tariff)s of %(offering)s.", **values)
    return _(
        "%(usage_type)s received, by the tariff %(tariff)s of %(offering)s.", **values
    )


def _count(facts, numbers, _):
    used = facts.unit.format(facts.quantity, numbers)
    if facts.chargeable_quantity == facts.quantity:
        return _("%(used)s were used.", used=used)
    return _(
        "%(used)s were used and count as %(counted)s by the rate's increments.",
        used=used,
        counted=facts.unit.format(facts.chargeable_quantity, numbers),
    )


def _cover(facts, numbers, _):
    draw = DrawFacts(
        facts.allowance,
        facts.allowance_quantity,
        facts.allowance_used_before,
        facts.allowance_limit,
    )
    return cover(draw, lambda quantity: facts.unit.format(quantity, numbers), _)


def _charge(facts, numbers, _):
    if not facts.charged_quantity and not facts.setup_fee:
        return _("Nothing is charged.")
    if not facts.charged_quantity:
        return _(
            "The set-up fee of %(fee)s is charged.",
            fee=money(facts.setup_fee, facts, numbers),
        )
    values = {
        "charged": facts.unit.format(facts.charged_quantity, numbers),
        "price": money(facts.unit_price, facts, numbers),
        "unit": facts.unit.format_price_unit(facts.price_unit, numbers),
        "fee": money(facts.setup_fee, facts, numbers),
        "exact": money(facts.amount_exact, facts, numbers),
        "amount": money(facts.rounded_amount, facts, numbers),
        "digits": facts.amount_digits,
        "rounding": facts.rounding,
    }
    if facts.setup_fee:
        text = _(
            "%(charged)s at %(price)s per %(unit)s and a set-up fee of %(fee)s",
            **values,
        )
    else:
        text = _("%(charged)s at %(price)s per %(unit)s", **values)
    if facts.amount_exact == facts.rounded_amount:
        return _("%(computation)s make %(amount)s.", computation=text, **values)
    return _(
        "%(computation)s make %(exact)s, rounded to %(digits)s decimals (%(rounding)s):"
        " %(amount)s.",
        computation=text,
        **values,
    )


def _reduce(facts, numbers, _):
    """Yield what pays, or cuts, the amount before it is charged."""
    for payment in facts.payments:
        yield cover(payment, lambda amount: money(amount, facts, numbers), _)
    if facts.capped_amount:
        yield _(
            "%(cut)s exceed the most that a month may cost, %(limit)s: they aren't"
            " charged.",
            cut=money(facts.capped_amount, facts, numbers),
            limit=money(facts.maximum_spend, facts, numbers),
        )
    if facts.payments or facts.capped_amount:
        yield _("%(amount)s are charged.", amount=money(facts.amount, facts, numbers))
