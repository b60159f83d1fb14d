# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Why a usage event costs what it costs, in sentences.

The words come from the rated usage alone, so that a bill of last year can still be
explained. They are translated by the function that the caller gives, Odoo's
``env._``: its name here is ``_`` for the translators' tools to find the texts.
"""

from dataclasses import dataclass
from decimal import Decimal

from .units import DisplayUnit, NumberFormat

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
)


@dataclass(frozen=True)
class RatedFacts:
    """What a rated usage says, with the names that it refers to.

    Quantities are in base units; amounts without tax in ``currency``.
    """

    usage_type: str
    is_outgoing: bool
    offering: str
    tariff: str
    unit: DisplayUnit
    quantity: Decimal
    chargeable_quantity: Decimal
    allowance_quantity: Decimal
    charged_quantity: Decimal
    setup_fee: Decimal
    unit_price: Decimal
    price_unit: Decimal
    amount_exact: Decimal
    amount: Decimal
    amount_digits: int
    rounding: str
    currency: str
    destination: str = ""
    zone: str = ""
    allowance: str = ""
    allowance_used_before: Decimal = Decimal(0)
    #: None for an unlimited allowance.
    allowance_limit: Decimal | None = None
    is_late: bool = False


def explain(facts, numbers, _):
    """Return the sentences that explain a price, in the order of the computation.

    :param RatedFacts facts: the rated usage
    :param NumberFormat numbers: signs of the reader's language
    :param _: translates a text and fills in its ``%(name)s``
    :return: list of str
    """
    sentences = [_situation(facts, _), _count(facts, numbers, _)]
    if facts.allowance and facts.chargeable_quantity:
        sentences.append(_cover(facts, numbers, _))
    sentences.append(_charge(facts, numbers, _))
    if facts.is_late:
        sentences.append(_("It came after its month was billed."))
    return sentences


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
    values = {
        "covered": facts.unit.format(facts.allowance_quantity, numbers),
        "allowance": facts.allowance,
        "used": facts.unit.format(facts.allowance_used_before, numbers),
    }
    if facts.allowance_limit is None:
        return _("%(covered)s are included: %(allowance)s.", **values)
    limit = facts.unit.format(facts.allowance_limit, numbers)
    if not facts.allowance_quantity:
        return _(
            "Nothing was left of %(allowance)s: %(used)s of %(limit)s were used before.",
            limit=limit,
            **values,
        )
    return _(
        "%(covered)s are included in %(allowance)s: %(used)s of %(limit)s were used"
        " before.",
        limit=limit,
        **values,
    )


def _charge(facts, numbers, _):
    if not facts.charged_quantity:
        return _("Nothing is charged.")
    values = {
        "charged": facts.unit.format(facts.charged_quantity, numbers),
        "price": _money(facts.unit_price, facts, numbers),
        "unit": facts.unit.format_price_unit(facts.price_unit, numbers),
        "fee": _money(facts.setup_fee, facts, numbers),
        "exact": _money(facts.amount_exact, facts, numbers),
        "amount": _money(facts.amount, facts, numbers),
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
    if facts.amount_exact == facts.amount:
        return _("%(computation)s make %(amount)s.", computation=text, **values)
    return _(
        "%(computation)s make %(exact)s, rounded to %(digits)s decimals (%(rounding)s):"
        " %(amount)s.",
        computation=text,
        **values,
    )


def _money(amount, facts, numbers):
    return f"{numbers.format(amount, least_decimals=2)} {facts.currency}"
