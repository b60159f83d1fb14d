# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the rulebook forbids: each rule broken once, by the smallest change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sepa_sample import AMENDED, CREDITOR, DEBIT, DUE_DATE, TODAY, batch

from odoo.addons.somconnexio_payments.sepa import address, charset, rules, target2
from odoo.addons.somconnexio_payments.sepa.messages import Amendment

SWISS, BRAZIL = "CH9300762011623852957", "BR1800360305000010009795493C1"


def _debtor(**changes):
    return replace(DEBIT, debtor=replace(DEBIT.debtor, **changes))


def _mandate(**changes):
    return replace(DEBIT, mandate=replace(DEBIT.mandate, **changes))


@pytest.mark.parametrize(
    ("debit", "problem"),
    [
        (replace(DEBIT, amount=Decimal("0.00")), "amount_out_of_range"),
        (replace(DEBIT, amount=Decimal("-1.00")), "amount_out_of_range"),
        (replace(DEBIT, amount=Decimal("0.001")), "amount_out_of_range"),
        (replace(DEBIT, amount=Decimal("1000000000.00")), "amount_out_of_range"),
        (_debtor(iban="ES9121000418450200051333"), "iban_invalid"),
        (_debtor(iban=""), "iban_missing"),
        (_debtor(iban=BRAZIL), "iban_outside_sepa"),
        (_debtor(name=" / "), "name_missing"),
        (_debtor(iban=SWISS, address=None), "address_missing"),
        (_mandate(reference="/RUM"), "mandate_reference_invalid"),
        (_mandate(reference="RUM//1"), "mandate_reference_invalid"),
        (_mandate(reference="R" * 36), "mandate_reference_invalid"),
        (_mandate(signed_date=None), "mandate_unsigned"),
        (_mandate(amendment=Amendment()), "amendment_invalid"),
        (_mandate(amendment=Amendment("//")), "amendment_invalid"),
        (
            _mandate(amendment=Amendment(original_creditor_id="ES00ZZZ1")),
            "amendment_invalid",
        ),
        (replace(DEBIT, end_to_end_id="A//B"), "end_to_end_id_invalid"),
        (replace(DEBIT, end_to_end_id="é"), "end_to_end_id_invalid"),
    ],
)
def test_debit_that_breaks_one_rule_is_named_by_it(debit, problem):
    assert rules.debit_problems(debit) == (problem,)


def test_good_debits_break_no_rule():
    for debit in (
        DEBIT,
        AMENDED,
        _mandate(reference="R" * 35),
        _mandate(amendment=Amendment(original_creditor_name="Old cooperative")),
        _mandate(amendment=Amendment(is_new_account=True)),
        _debtor(iban=SWISS),
        _debtor(address=None),
        replace(DEBIT, amount=Decimal("0.01")),
        replace(DEBIT, amount=Decimal("999999999.99")),
    ):
        assert rules.debit_problems(debit) == ()


def test_batch_on_a_closed_or_past_day_is_refused():
    assert rules.batch_problems(batch(DEBIT), TODAY) == ()
    nameless = replace(batch(DEBIT), batch_id="B//1")
    assert rules.batch_problems(nameless, TODAY) == ("batch_id_invalid",)
    closed = batch(DEBIT, due_date=date(2026, 12, 25))
    assert rules.batch_problems(closed, TODAY) == ("due_date_closed",)
    assert rules.batch_problems(batch(DEBIT), DUE_DATE) == ("due_date_past",)


def test_creditor_needs_identifier_and_account():
    assert rules.creditor_problems(CREDITOR) == ()
    account = replace(CREDITOR.account, iban="ES00", name="")
    assert rules.creditor_problems(replace(CREDITOR, account=account)) == (
        "creditor_iban_invalid",
        "creditor_name_missing",
    )
    for identifier in ("", "ES51ZZZM23456789"):
        found = rules.creditor_problems(replace(CREDITOR, creditor_id=identifier))
        assert found[0].startswith("creditor_id_")


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ("01-01", "04-03", "04-06", "05-01", "12-25", "12-26")),
        (2027, ("01-01", "03-26", "03-29", "05-01", "12-25", "12-26")),
        (2030, ("01-01", "04-19", "04-22", "05-01", "12-25", "12-26")),
    ],
)
def test_closing_days_are_those_the_central_bank_published(year, days):
    expected = {date.fromisoformat(f"{year}-{day}") for day in days}
    assert target2.closing_days(year) == expected


def test_each_day_of_a_span_has_the_day_on_which_banks_settle():
    assert target2.business_days(date(2026, 12, 24), date(2026, 12, 29)) == [
        (date(2026, 12, 24), date(2026, 12, 24)),
        *((date(2026, 12, day), date(2026, 12, 28)) for day in (25, 26, 27, 28)),
        (date(2026, 12, 29), date(2026, 12, 29)),
    ]


def test_every_text_becomes_one_that_banks_take():
    for text in (
        "Ñandú €5",
        "日本",
        "a//b///c",
        "/x/",
        "l·l",
        "O'Brien & Söhne",
        "\t\n",
    ):
        plain = charset.clean(text)
        assert not plain or charset.is_identifier(plain, limit=999), text


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Carrer Major 1", ("Carrer Major", "1")),
        ("C/ Sant Joan, 12-14", ("C/ Sant Joan", "12-14")),
        ("Avinguda 11 de Setembre, 5", ("Avinguda 11 de Setembre", "5")),
        ("Plaça de l'1 d'Octubre", ("Plaça de l'1 d'Octubre", "")),
        ("Urbanització Els Pins", ("Urbanització Els Pins", "")),
        ("Calle 5, nº 8", ("Calle 5", "8")),
        ("", ("", "")),
    ],
)
def test_house_number_is_told_from_the_street(line, parts):
    assert address.split_street(line) == parts


def test_address_without_town_is_left_out_and_long_number_stays_with_the_street():
    assert address.structured("Carrer Major 1", "", "08001", "", "ES") is None
    assert address.structured("Carrer Major 1", "", "08001", "Vic", "") is None
    found = address.structured(
        "Carrer Major 1, esc. B, 2n pis, 1a porta", "Edifici Nord", "", "Vic", "es"
    )
    assert found.building == ""
    assert found.street == "Carrer Major 1, esc. B, 2n pis, 1a porta, Edifici Nord"
    assert found.country == "ES"


def test_address_is_cut_to_what_the_schema_takes():
    found = address.structured("s" * 90, "", "z" * 20, "t" * 40, "ES")
    lengths = map(len, (found.street, found.postal_code, found.town))
    assert tuple(lengths) == (70, 16, 35)
    number = "1, escala 22, 3a"
    assert address.structured(f"Major {number}", "", "", "Vic", "ES").building == number
    longer = address.structured(f"Major {number}b", "", "", "Vic", "ES")
    assert (longer.street, longer.building) == (f"Major {number}b", "")
