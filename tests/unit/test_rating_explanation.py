# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Prices in words, and quantities as people read them."""

import doctest
from dataclasses import replace
from decimal import Decimal

import pytest
from rating import explanation, units
from rating.explanation import RatedFacts, explain
from rating.facts import DrawFacts, PartFacts, TierFacts
from rating.units import DisplayUnit, NumberFormat

MINUTES = DisplayUnit("min", 60, is_time=True)
CALL = RatedFacts(
    usage_type="Voice",
    is_outgoing=True,
    destination="Spain, mobile",
    offering="Mobile 150",
    tariff="Mobile",
    unit=MINUTES,
    quantity=Decimal(90),
    chargeable_quantity=Decimal(90),
    allowance_quantity=Decimal(0),
    charged_quantity=Decimal(90),
    setup_fee=Decimal(0),
    unit_price=Decimal("0.0248"),
    price_unit=Decimal(60),
    amount_exact=Decimal("0.0372"),
    amount=Decimal("0.0372"),
    amount_digits=6,
    rounding="half up",
    currency="€",
)


def _translate(text, **values):
    """Stand in for Odoo's translation: English, with the values filled in."""
    return text % values


def _explain(numbers=None, **changes):
    facts = replace(CALL, **changes)
    return explain(facts, numbers or NumberFormat(), _translate)


def test_doctests_hold():
    for module in (units, explanation):
        assert doctest.testmod(module).failed == 0


def test_call_without_allowance_is_explained_in_three_sentences():
    assert _explain() == [
        "Voice to Spain, mobile, by the tariff Mobile of Mobile 150.",
        "1:30 min were used.",
        "1:30 min at 0.0248 € per min make 0.0372 €.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"destination": ""}, "Voice, by the tariff Mobile of Mobile 150."),
        (
            {"is_outgoing": False},
            "Voice received, by the tariff Mobile of Mobile 150.",
        ),
        (
            {"zone": "European Union"},
            "Voice from European Union to Spain, mobile, by the tariff Mobile of"
            " Mobile 150.",
        ),
        (
            {"zone": "European Union", "is_outgoing": False},
            "Voice in European Union, by the tariff Mobile of Mobile 150.",
        ),
    ],
)
def test_first_sentence_says_where_the_usage_was(changes, sentence):
    assert _explain(**changes)[0] == sentence


def test_increments_are_told_when_they_counted_more():
    assert _explain(chargeable_quantity=Decimal(120))[1] == (
        "1:30 min were used and count as 2:00 min by the rate's increments."
    )


@pytest.mark.parametrize(
    ("covered", "limit", "sentence"),
    [
        (
            90,
            9000,
            "1:30 min are included in 150 minutes: 60:00 min of 150:00 min were used"
            " before.",
        ),
        (90, None, "1:30 min are included: 150 minutes."),
        (
            0,
            3600,
            "Nothing was left of 150 minutes: 60:00 min of 60:00 min were used before.",
        ),
    ],
)
def test_allowance_is_told_with_what_was_used_before(covered, limit, sentence):
    sentences = _explain(
        allowance="150 minutes",
        allowance_quantity=Decimal(covered),
        allowance_used_before=Decimal(3600),
        allowance_limit=None if limit is None else Decimal(limit),
    )
    assert sentences[2] == sentence


def test_usage_of_nothing_has_no_word_about_its_allowance():
    sentences = _explain(
        allowance="150 minutes",
        allowance_limit=Decimal(9000),
        quantity=Decimal(0),
        chargeable_quantity=Decimal(0),
        charged_quantity=Decimal(0),
        amount=Decimal(0),
    )
    assert sentences[1:] == ["0:00 min were used.", "Nothing is charged."]


def test_rounding_is_told_when_it_changed_the_amount():
    assert _explain(
        setup_fee=Decimal("0.15"),
        amount_exact=Decimal("0.1871666667"),
        amount=Decimal("0.187167"),
    )[-1] == (
        "1:30 min at 0.0248 € per min and a set-up fee of 0.15 € make 0.1871666667 €,"
        " rounded to 6 decimals (half up): 0.187167 €."
    )


def _part(**changes):
    values = {
        "quantity": Decimal(90),
        "charged": Decimal(90),
        "unit_price": Decimal(3),
        "price_unit": Decimal(60),
        "amount": Decimal("4.5"),
        **changes,
    }
    return PartFacts(**values)


def _explain_part(**changes):
    """Return what follows the two first sentences, of an event of one part."""
    amounts = {"amount": Decimal("4.5"), "amount_exact": Decimal("4.5")}
    return _explain(parts=(_part(**changes),), **amounts)[2:]


def test_own_network_and_time_band_are_told():
    assert _explain(is_on_net=True, time_band="Peak")[1:3] == [
        "The other number is in our own network.",
        "It began in the time band Peak.",
    ]


def test_volume_price_tells_the_total_that_chose_its_tier():
    tier = TierFacts(Decimal(90), Decimal(3), up_to=None)
    assert _explain_part(price_mode="volume", tiers=(tier,), total=Decimal(600)) == [
        "1:30 min at 3.00 € per min, the price of the tier that 10:00 min in the month"
        " reach: 4.50 €.",
        "This makes 4.50 €.",
    ]


def test_package_tells_what_was_charged_before_it():
    assert _explain_part(price_mode="package", before=Decimal(30))[0] == (
        "1:30 min are charged, after 0:30 min in the month, by started packages of min"
        " at 3.00 €: 4.50 €."
    )


def test_rolled_over_allowance_tells_its_month():
    draw = DrawFacts("1 hour", Decimal(90), Decimal(0), Decimal(600), "May 2026")
    sentences = _explain(
        parts=(_part(charged=Decimal(0), draws=(draw,)),),
        amount=Decimal(0),
        amount_exact=Decimal(0),
    )
    assert sentences[2:] == [
        "1:30 min are included in 1 hour of May 2026: 0:00 min of 10:00 min were used"
        " before.",
        "Nothing is charged.",
    ]


def test_minimum_is_told():
    assert _explain(
        parts=(_part(),),
        minimum_charge=Decimal(5),
        amount=Decimal(5),
        amount_exact=Decimal(5),
    )[2:] == [
        "1:30 min at 3.00 € per min: 4.50 €.",
        "It costs 5.00 € at least.",
        "This makes 5.00 €.",
    ]


def test_setup_fee_alone_is_told():
    assert (
        _explain(
            charged_quantity=Decimal(0),
            setup_fee=Decimal("0.15"),
            amount=Decimal("0.15"),
            amount_exact=Decimal("0.15"),
        )[-1]
        == "The set-up fee of 0.15 € is charged."
    )


def test_late_usage_says_so():
    assert _explain(is_late=True)[-1] == "It came after its month was billed."


def test_numbers_are_written_as_in_the_language_of_the_reader():
    sentences = _explain(
        NumberFormat(",", "."), unit_price=Decimal(1234), amount=Decimal("1851")
    )
    assert "1.234,00 € per min" in sentences[-1]
    assert sentences[-1].endswith(": 1.851,00 €.")


@pytest.mark.parametrize(
    ("unit", "quantity", "text"),
    [
        (MINUTES, 0, "0:00 min"),
        (MINUTES, 3599, "59:59 min"),
        (MINUTES, "0.5", "0:00.5 min"),
        (DisplayUnit("h", 3600, is_time=True), 5400, "1.5 h"),
        (DisplayUnit("MB", 1048576), 1, "0 MB"),
        (DisplayUnit("MB", 1048576), 1572864, "1.5 MB"),
        (DisplayUnit("GB", 1073741824), 53687091200, "50 GB"),
        (DisplayUnit("SMS"), 12000, "12000 SMS"),
    ],
)
def test_quantity_is_shown_in_the_unit_that_people_read(unit, quantity, text):
    assert unit.format(Decimal(quantity)) == text
