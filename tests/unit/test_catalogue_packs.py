# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a pack's table gives its members, and who may have an offering. No Odoo."""

import doctest
from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.somconnexio_base.catalogue import (
    cells,
    eligibility,
    month_fee,
    packs,
)
from odoo.addons.somconnexio_base.catalogue.eligibility import (
    Address,
    Holder,
    Rule,
    find_problems,
)
from odoo.addons.somconnexio_base.catalogue.packs import Row, Slot

FIBRE, MOBILE = Slot("fibre", 1, 1), Slot("mobile", 1, 3)
SLOTS = [FIBRE, MOBILE]
ROWS = [
    Row("mobile", "mobile", 1, 1, offering="PACK1"),
    Row("mobile", "mobile", 2, 0, offering="PACK2"),
    Row("fibre", "mobile", 3, 3, extra="DISCOUNT"),
    Row("mobile", from_offering="PACK2", offering="LARGE", is_fallback=True),
    Row("mobile", offering="SMALL", is_fallback=True),
]


def wanted(counts, slot, offering):
    return packs.wanted(ROWS, SLOTS, counts, slot, offering)


def test_modules_examples_hold():
    for module in (cells, eligibility, month_fee, packs):
        assert doctest.testmod(module).failed == 0
        assert doctest.testmod(module).attempted > 0


def test_offering_follows_the_number_of_members():
    one, two = {"fibre": 1, "mobile": 1}, {"fibre": 1, "mobile": 2}
    assert wanted(one, "mobile", "ANY").offering == "PACK1"
    assert wanted(two, "mobile", "PACK1").offering == "PACK2"
    assert wanted(one, "mobile", "PACK2").offering == "PACK1"


def test_discount_holds_for_its_number_only():
    for count, extras in ((2, set()), (3, {"DISCOUNT"})):
        found = wanted({"fibre": 1, "mobile": count}, "fibre", "F600")
        assert found.extras == extras
        assert found.offering == "F600"


def test_pack_without_a_part_gives_the_fallback_for_the_offering_held():
    assert wanted({"mobile": 2}, "mobile", "PACK2").offering == "LARGE"
    assert wanted({"mobile": 2}, "mobile", "PACK1").offering == "SMALL"
    assert wanted({"mobile": 2}, "mobile", "SMALL").offering == "SMALL"
    assert packs.left(ROWS, "mobile", "PACK2") == "LARGE"
    assert packs.left(ROWS, "fibre", "F600") == "F600"


def test_part_with_too_many_members_is_found():
    assert packs.find_overfull(SLOTS, {"mobile": 4}) == [MOBILE]
    assert packs.find_overfull([Slot("any")], {"any": 99}) == []


@pytest.mark.parametrize(
    ("rule", "holder", "address", "reason"),
    [
        (
            Rule("holder_kind", holder_kind="company"),
            Holder(),
            Address(),
            "only_company",
        ),
        (Rule("holder_kind"), Holder("company"), Address(), "only_person"),
        (Rule("member"), Holder(), Address(), "no_member"),
        (Rule("tag", values=frozenset({1})), Holder(), Address(), "tag_missing"),
        (
            Rule("agreement", values=frozenset({1})),
            Holder(agreements=frozenset({2})),
            Address(),
            "agreement_missing",
        ),
        (Rule("homes", minimum=8), Holder(), Address(), "homes_unknown"),
        (
            Rule("homes", minimum=8, maximum=11),
            Holder(),
            Address(homes=12),
            "homes_out_of_range",
        ),
        (Rule("homes", minimum=8), Holder(), Address(homes=7), "homes_out_of_range"),
        (
            Rule("postal_code", prefixes=("08",)),
            Holder(),
            Address("17001"),
            "postal_code_outside",
        ),
        (
            Rule("postal_code", prefixes=("08",)),
            Holder(),
            Address(),
            "postal_code_unknown",
        ),
        (
            Rule("has_service", values=frozenset({1})),
            Holder(service_types={2: 1}),
            Address(),
            "service_missing",
        ),
        (
            Rule("max_count", values=frozenset({1}), maximum=2),
            Holder(offerings={1: 2}),
            Address(),
            "too_many",
        ),
    ],
)
def test_unmet_rule_gives_its_reason(rule, holder, address, reason):
    assert [p.reason for p in find_problems([rule], holder, address)] == [reason]


def test_met_rules_give_no_reason():
    rules = [
        Rule("holder_kind", holder_kind="company"),
        Rule("member"),
        Rule("tag", values=frozenset({1, 2})),
        Rule("agreement", values=frozenset({4})),
        Rule("homes", minimum=8, maximum=11),
        Rule("postal_code", prefixes=("08", "17")),
        Rule("has_service", values=frozenset({1}), minimum=2),
        Rule("max_count", values=frozenset({3}), maximum=1),
    ]
    holder = Holder("company", True, frozenset({2}), frozenset({4}), {1: 2}, {3: 0})
    assert find_problems(rules, holder, Address("08018", 11)) == []


def test_month_fee_counts_days_and_rounds_each_price():
    october = date(2026, 10, 1)
    prices = [
        (Decimal("10"), date(2026, 9, 1), date(2026, 10, 15)),
        (Decimal("20"), date(2026, 10, 16), None),
        (Decimal("5"), date(2026, 11, 1), None),
    ]
    # 10 x 15/31 = 4.84, 20 x 16/31 = 10.32
    assert month_fee.month_fee(prices, october) == Decimal("15.16")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "-1"),
        ("number", "1e9"),
        ("price", "NaN"),
        ("price", "twelve"),
        ("price", "1e400"),
        ("date", "31/10/2026"),
        ("flag", "maybe"),
        ("choice", "other"),
    ],
)
def test_cell_that_is_wrong_says_what_to_write(kind, text):
    with pytest.raises(cells.CellError, match=r".+"):
        cells.read_cell(kind, text, ("one",))


def test_cell_of_nothing_is_read_as_nothing():
    assert cells.read_cell("codes", "-") == ()
    assert cells.read_cell("text", "-") is None
    assert cells.read_cell("price", "-") == 0
    for kind in ("text", "price", "codes", "date", "number"):
        assert cells.write_cell(kind, cells.read_cell(kind, "-")) == ""
