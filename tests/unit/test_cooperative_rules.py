# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rules of membership and share capital, without Odoo."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from cooperative import instalments, ledger, sponsor_code, states
from hypothesis import given, strategies as st

AMOUNTS = st.decimals(Decimal("0.10"), Decimal(99999), places=2)
EFFECTS = st.builds(ledger.Effect, st.integers(0, 99), *[AMOUNTS] * 4)
TABLES = (
    states.REQUEST,
    states.MEMBERSHIP,
    states.CALL,
    states.LEAVING,
    states.ASSEMBLY,
)


@pytest.mark.parametrize("module", [instalments, ledger, sponsor_code, states])
def test_examples_of_the_modules_hold(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("table", TABLES)
def test_states_lead_only_to_states_of_their_table(table):
    for following in table.values():
        assert set(following) <= table.keys()


@pytest.mark.parametrize("table", TABLES)
def test_every_state_can_be_reached_from_the_first(table):
    reached, waiting = set(), [next(iter(table))]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += table[state]
    assert reached == table.keys()


@given(amount=AMOUNTS, count=st.integers(1, 10))
def test_instalments_add_up_and_differ_by_the_rest_only(amount, count):
    parts = instalments.split_amount(amount, count)
    assert sum(parts) == amount
    assert len(parts) == count
    assert parts[0] - parts[-1] < Decimal("0.01") * count
    assert min(parts) > 0


@pytest.mark.parametrize("count", [0, 11, -1])
def test_other_numbers_of_instalments_are_refused(count):
    with pytest.raises(ValueError, match="choose 1 to 10"):
        instalments.split_amount(Decimal(100), count)


def test_less_than_a_cent_an_instalment_is_refused():
    with pytest.raises(ValueError, match="cannot be paid"):
        instalments.split_amount(Decimal("0.05"), 10)


@given(day=st.dates(date(2000, 1, 1), date(2060, 1, 1)), months=st.integers(0, 240))
def test_months_later_is_the_same_day_or_the_months_last(day, months):
    later = instalments.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later.day < day.day


@given(effect=EFFECTS)
def test_every_entry_is_balanced(effect):
    assert sum(ledger.entry_lines(effect).values()) == 0


@given(first=EFFECTS, second=EFFECTS)
def test_entries_add_up_as_the_movements_do(first, second):
    together = ledger.entry_lines(first + second)
    apart = ledger.entry_lines(first), ledger.entry_lines(second)
    for role in ("capital", "uncalled", "called", "refundable", "counter"):
        total = sum(lines.get(role, 0) for lines in apart)
        assert together.get(role, 0) == total


def test_a_members_life_ends_with_nothing_in_the_books():
    hundred = Decimal(100)
    balance = ledger.subscription(1, hundred) + ledger.call(hundred)
    balance += ledger.payment(hundred)
    balance += ledger.reduction(balance, Decimal(10))
    balance += ledger.refund(Decimal(90))
    assert balance == ledger.Effect()


@pytest.mark.parametrize("deduction", [Decimal(-1), Decimal(21)])
def test_deduction_out_of_what_was_paid_is_refused(deduction):
    balance = ledger.Effect(1, Decimal(100), Decimal(30), Decimal(20))
    with pytest.raises(ValueError, match="deduction"):
        ledger.reduction(balance, deduction)


def test_sponsor_codes_hold_no_letter_taken_for_another():
    assert not set("O0I1L2Z5S8BUV") & set(sponsor_code.ALPHABET)
    codes = {sponsor_code.draw() for _place in range(200)}
    assert len(codes) == 200
    assert all(sponsor_code.compact(code.lower()) == code for code in codes)


@given(
    amount=st.decimals(Decimal(2), Decimal(99999), places=2),
    count=st.integers(2, 10),
    percent=st.integers(0, 90),
)
def test_first_instalment_has_at_least_its_percentage(amount, count, percent):
    parts = instalments.split_amount(amount, count, first_percent=percent)
    assert sum(parts) == amount
    assert parts[0] * 100 >= amount * percent
    assert len(set(parts[1:])) == 1
    assert parts[-1] > 0


@pytest.mark.parametrize("percent", [-1, 101])
def test_first_payment_beyond_the_whole_is_refused(percent):
    with pytest.raises(ValueError, match="per cent"):
        instalments.split_amount(Decimal(100), 2, first_percent=percent)


def test_all_at_once_leaves_nothing_for_a_second_instalment():
    with pytest.raises(ValueError, match="too little is left"):
        instalments.split_amount(Decimal(100), 2, first_percent=100)
    assert instalments.split_amount(Decimal(100), 1, first_percent=100) == [100]


def test_some_of_partly_paid_shares_are_not_handed_over():
    half = ledger.Effect(2, Decimal(100), Decimal(60), Decimal(50))
    with pytest.raises(ValueError, match="1 of 2 partly paid"):
        ledger.handed_over(half, 1, Decimal(50))
    paid = ledger.Effect(2, Decimal(100), Decimal(100), Decimal(100))
    assert ledger.handed_over(paid, 1, Decimal(50))[1:4] == (50, 50, 50)
