# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What payers write is read for references, and nothing is guessed."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from bank_simulator.payers import KINDS, Expected, Judgement, Month, Owed, Paid

from odoo.addons.somconnexio_payments.bank_files import references

DAY = date(2026, 10, 20)
NUMBER = "INV202600017"


def test_examples_in_the_docstrings_hold():
    found = doctest.testmod(references)
    assert found.attempted > 5
    assert not found.failed


@pytest.mark.parametrize(
    "text",
    [
        "INV/2026/00017",
        "factura inv/2026/00017, gràcies",
        "INV 2026 00017",
        "INV-2026-00017 quota",
        "fra.INV.2026.00017.",
        "INV202600017",
        "Ínv / 2026 / 00017",
        "num INV/2026/00017 de l'Anna 12/10 24,20€",
        # A bank cuts its lines where it likes.
        "quota de la Maria INV/2026/0 0017",
    ],
)
def test_number_of_a_bill_is_found_however_it_is_written(text):
    assert NUMBER in references.tokens(text)


@pytest.mark.parametrize(
    "text", ["INV/2026/17", "inv 2026 17 gràcies", "INV-2026-017, 12/10", "INV2026/17"]
)
def test_number_without_its_zeros_is_found(text):
    assert "INV/2026/17" in references.numbers(text)


@pytest.mark.parametrize(
    "text", ["INV2026000179", "INV/2026/17/3", "INV/2026/1700", "2026/17"]
)
def test_part_of_another_number_is_none(text):
    assert NUMBER not in references.tokens(text)
    assert "INV/2026/17" not in references.numbers(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("soci 123", "123"),
        ("Sòcia núm. 00123 quota", "123"),
        ("soci/a nº: 123", "123"),
        ("SOCIO123", "123"),
        ("número de soci 123, 45 euros", "123"),
    ],
)
def test_number_of_a_member_is_found_by_the_word_before_it(text, number):
    assert references.member_numbers(text) == {number}


@pytest.mark.parametrize("text", ["123", "quota 123", "soci", "associació 12", "sòcia"])
def test_bare_number_is_no_member_s(text):
    assert references.member_numbers(text) == set()


def test_name_is_the_same_in_any_order_and_with_or_without_accents():
    assert references.party("PUIG SERRA, NURIA") == references.party("Núria Puig Serra")
    assert references.party("Núria") == ""
    assert references.party(None) == ""


def test_long_text_gives_no_more_than_a_few_words():
    assert len(references.tokens("AB12 " * 5_000)) <= references.MAX_TOKENS
    assert len(references.numbers("AB 12 34 " * 5_000)) < references.MAX_TOKENS


def people(count):
    """Return what some people owe, one of them two bills."""
    owed = [
        Owed(f"INV/2026/{n:05d}", Decimal(20), f"BA{n:05d}", str(n), "40001111V", "A B")
        for n in range(count)
    ]
    return [*owed, Owed("INV/2026/99999", Decimal(7), "BA00000")]


def test_month_of_one_seed_is_the_same_and_has_all_kinds():
    expected = [Expected("APP1", Decimal(5))]
    months = [
        Month(7, DAY).payments(people(400), expected, dict.fromkeys(KINDS, 1))
        for _time in range(2)
    ]
    assert months[0] == months[1]
    assert {paid.kind for paid in months[0]} == {*KINDS, "expected"}
    assert Month(8, DAY).payments(people(400)) != months[0]


def test_judgement_counts_what_is_wrong_and_what_could_be_found():
    judgement = Judgement()
    mine = Paid("bill", None, account="BA1", bills=("INV1",))
    judgement.add(mine, True, "BA1", {"INV1"})
    judgement.add(mine, True, "BA2", {"INV2"})
    judgement.add(mine, False, "", set(), "no_candidate")
    hopeless = Paid("nothing", None, account="BA1", is_clear=False)
    judgement.add(hopeless, False, "", set(), "no_candidate")
    app = Paid("expected", None, reference="APP1")
    judgement.add(app, True, "", {"APP1"})
    assert [wrong[0] for wrong in judgement.wrong] == [mine]
    assert judgement.share == Decimal("0.6")
    assert judgement.clear_share == Decimal("0.75")
    assert judgement.waiting == {
        ("bill", "no_candidate"): 1,
        ("nothing", "no_candidate"): 1,
    }
