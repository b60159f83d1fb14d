# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The ladder of unpaid bills: what always holds, whatever the figures."""

import doctest
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from odoo.addons.somconnexio_payments.dunning_rules import (
    calendar,
    instalments,
    ladder,
    return_reasons,
    states,
)
from odoo.addons.somconnexio_payments.dunning_rules.calendar import (
    ActionCalendar,
    HolidayRule,
)
from odoo.addons.somconnexio_payments.dunning_rules.ladder import (
    Figures,
    Step,
    decide,
)

SPAIN = ActionCalendar(
    (
        HolidayRule(1, 1),
        HolidayRule(1, 6),
        HolidayRule(easter_offset=-2),
        HolidayRule(12, 8),
        HolidayRule(12, 25),
    )
)
LADDER = (
    Step(1, min_days=3),
    Step(2, min_days=12, days_after_previous=7),
    Step(3, min_days=16, days_after_previous=4),
    Step(4, ladder.SUSPEND, min_days=31, proof_days=15),
    Step(5, min_days=75, days_after_previous=15),
    Step(6, ladder.TERMINATE, min_days=92, proof_days=15),
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MONEY = st.decimals(0, 500, places=2)
STEPS = st.builds(
    Step,
    key=st.integers(1, 9),
    action=st.sampled_from(ladder.ACTIONS),
    min_days=st.integers(0, 120),
    min_bills=st.integers(0, 3),
    min_amount=st.decimals(0, 100, places=2),
    return_class=st.sampled_from(["", "funds", "refund"]),
    days_after_previous=st.integers(0, 40),
    proof_days=st.none() | st.integers(0, 30),
    reevaluate_days=st.integers(1, 10),
)
LADDERS = st.lists(STEPS, min_size=1, max_size=6)


@st.composite
def figures(draw):
    """Figures as the database gives them: what is known of an account."""
    day = draw(DAYS)
    ago = st.integers(0, 200).map(lambda days: day - timedelta(days=days))
    amount = draw(MONEY)
    return Figures(
        day=day,
        oldest_due_date=draw(ago),
        bill_count=draw(st.integers(0, 4)),
        owed_amount=amount + draw(MONEY),
        disputed_amount=draw(MONEY),
        debited_amount=draw(MONEY),
        amount=amount,
        minimum_amount=draw(st.decimals(0, 20, places=2)),
        return_class=draw(st.sampled_from(["", "funds", "refund"])),
        reached=draw(st.integers(0, 6)),
        step_date=draw(ago),
        proof_date=draw(st.none() | ago),
        stops=draw(st.frozensets(st.sampled_from(["error", "hold", "plan"]))),
        is_protected=draw(st.booleans()),
    )


def changed(known, **values):
    """Return figures with some values replaced."""
    return Figures(**{**known.__dict__, **values})


@given(figures(), LADDERS)
def test_nothing_is_suspended_or_ended_without_a_proven_notice(known, steps):
    decision = decide(known, steps, SPAIN)
    if decision.is_due and decision.step.action in ladder.NEED_NOTICE:
        assert known.proof_date is not None
        assert (known.day - known.proof_date).days >= 1
        assert (known.day - known.proof_date).days >= (decision.step.proof_days or 0)


@given(figures(), LADDERS)
def test_no_step_is_due_while_anything_stops_the_ladder(known, steps):
    decision = decide(known, steps, SPAIN)
    assert not (decision.is_due and decision.stop)
    if known.stops:
        assert decision.stop in known.stops
    if decision.is_due:
        assert known.amount >= known.minimum_amount
        assert not (known.is_protected and decision.step.action != ladder.NONE)


@given(figures(), LADDERS, st.integers(1, 60))
def test_what_is_due_stays_due_on_every_later_day_that_allows_it(known, steps, more):
    today = decide(known, steps, SPAIN)
    later_day = known.day + timedelta(days=more)
    later = decide(changed(known, day=later_day), steps, SPAIN)
    assert later.step == today.step
    if today.is_due:
        allowed = today.step.action == ladder.NONE or SPAIN.allows(later_day)
        assert later.is_due == allowed


@given(figures(), LADDERS)
def test_the_day_that_is_foretold_is_the_first_on_which_it_is_due(known, steps):
    decision = decide(known, steps, SPAIN)
    if decision.next_date is None:
        assert not decision.is_due
        return
    day = known.day
    while day < decision.next_date:
        assert not decide(changed(known, day=day), steps, SPAIN).is_due
        day += timedelta(days=1)
    assert decide(changed(known, day=decision.next_date), steps, SPAIN).is_due


@given(figures(), LADDERS)
def test_services_are_touched_on_working_days_before_working_days_only(known, steps):
    decision = decide(known, steps, SPAIN)
    if decision.is_due and decision.step.action != ladder.NONE:
        assert known.day.weekday() < 4
        for day in (known.day, known.day + timedelta(days=1)):
            assert not SPAIN.is_holiday(day)


@given(figures(), LADDERS)
def test_the_ladder_is_never_climbed_down(known, steps):
    decision = decide(known, steps, SPAIN)
    assert decision.step is None or decision.step in steps[known.reached :]


@settings(max_examples=60)
@given(DAYS, st.integers(0, 20))
def test_legal_periods_hold_however_late_the_notices_arrive(due_date, delay):
    """Walk the whole ladder day by day; each notice is proven after some days."""
    taken = {}
    known = Figures(
        day=due_date,
        oldest_due_date=due_date,
        bill_count=1,
        owed_amount=Decimal(30),
        amount=Decimal(30),
    )
    for offset in range(400):
        day = due_date + timedelta(days=offset)
        proven = known.step_date and known.step_date + timedelta(days=delay)
        is_proven = proven is not None and proven <= day
        known = changed(known, day=day, proof_date=proven if is_proven else None)
        decision = decide(known, LADDER, SPAIN)
        if decision.is_due:
            taken[decision.step.key] = day
            known = changed(known, reached=known.reached + 1, step_date=day)
    assert set(taken) == {1, 2, 3, 4, 5, 6}
    assert (taken[4] - due_date).days >= 31
    assert (taken[4] - taken[3]).days >= 15 + delay
    assert (taken[6] - due_date).days >= 92
    assert (taken[6] - taken[5]).days >= 15 + delay


def test_a_step_that_does_not_apply_is_left_out_for_one_that_does():
    steps = (Step(1, return_class="account"), Step(2, min_bills=2), Step(3))
    known = Figures(
        date(2026, 10, 15),
        date(2026, 9, 1),
        bill_count=1,
        owed_amount=Decimal(9),
        amount=Decimal(9),
    )
    assert decide(known, steps, SPAIN).step.key == 3
    assert decide(changed(known, bill_count=2), steps, SPAIN).step.key == 2
    refused = decide(known, steps[:2], SPAIN)
    assert (refused.step.key, refused.is_due, refused.next_date) == (1, False, None)
    assert [(c.code, c.holds) for c in refused.conditions][0] == ("return", False)


#: Overdue for 44 days, nine euros of one bill.
OVERDUE = Figures(
    date(2026, 10, 15),
    date(2026, 9, 1),
    bill_count=1,
    owed_amount=Decimal(9),
    amount=Decimal(9),
    minimum_amount=Decimal(9),
)


@pytest.mark.parametrize(
    ("asked", "too_much"),
    [
        ({"min_days": 44}, {"min_days": 45}),
        ({"min_bills": 1}, {"min_bills": 2}),
        ({"min_amount": Decimal("9.00")}, {"min_amount": Decimal("9.01")}),
    ],
)
def test_a_step_is_due_from_the_very_figure_that_it_asks_for(asked, too_much):
    assert decide(OVERDUE, [Step(1, **asked)], SPAIN).is_due
    refused = decide(OVERDUE, [Step(1, **too_much)], SPAIN)
    assert not refused.is_due
    (wanting,) = [one for one in refused.conditions if not one.holds]
    assert {wanting.needed} == {str(value) for value in too_much.values()}


@pytest.mark.parametrize(
    ("first", "second", "pause"),
    [
        (Step(1), Step(2, days_after_previous=7), 7),
        (Step(1, reevaluate_days=5), Step(2, days_after_previous=3), 5),
        (Step(1), Step(2), 1),
    ],
)
def test_the_step_before_is_left_its_time(first, second, pause):
    for days, is_due in ((pause - 1, False), (pause, True)):
        taken = OVERDUE.day - timedelta(days=days)
        known = changed(OVERDUE, reached=1, step_date=taken)
        assert decide(known, [first, second], SPAIN).is_due is is_due


@pytest.mark.parametrize(
    ("values", "stop"),
    [
        ({"amount": Decimal(0), "debited_amount": Decimal(9)}, "debit"),
        ({"amount": Decimal(0), "disputed_amount": Decimal(9)}, "claim"),
        ({"amount": Decimal(-1)}, "credit"),
        ({"minimum_amount": Decimal(10)}, "minimum"),
        ({"stops": frozenset({"plan", "hold"})}, "hold"),
        ({"is_protected": True, "reached": 3}, "care"),
        ({"is_protected": True}, ""),
    ],
)
def test_each_stop_is_named(values, stop):
    known = Figures(
        date(2026, 10, 15),
        date(2026, 9, 1),
        bill_count=1,
        owed_amount=Decimal(9),
        amount=Decimal(9),
        step_date=date(2026, 9, 20),
        proof_date=date(2026, 9, 20),
    )
    assert decide(changed(known, **values), LADDER, SPAIN).stop == stop


def test_end_of_the_ladder_leaves_nothing_to_do():
    known = Figures(date(2026, 10, 15), reached=6)
    assert decide(known, LADDER, SPAIN).step is None


def test_days_off_of_a_year_are_known():
    days = [day for day in range(1, 32) if SPAIN.allows(date(2026, 12, day))]
    # Tuesday the 8th, its eve, Christmas and its eve, Fridays and weekends are spared.
    assert days == [1, 2, 3, 9, 10, 14, 15, 16, 17, 21, 22, 23, 28, 29, 30]
    assert SPAIN.is_holiday(date(2026, 4, 3))  # Good Friday
    assert ActionCalendar((), False).allows(date(2026, 12, 25))


def test_a_calendar_without_any_working_day_is_refused():
    rules = tuple(
        HolidayRule(month, day) for month in range(1, 13) for day in range(1, 32)
    )
    with pytest.raises(ValueError, match="no day within a year"):
        ActionCalendar(rules).first_allowed(date(2026, 1, 1))


@given(st.decimals("0.24", 100_000, places=2), st.integers(1, 24))
def test_instalments_add_up_to_the_debt_and_differ_by_a_cent(amount, count):
    parts = instalments.split_debt(amount, count)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= Decimal("0.01")
    assert parts == sorted(parts, reverse=True)


@given(st.lists(st.decimals("0.01", 100, places=2), min_size=1), MONEY)
def test_payments_cover_the_oldest_instalments_first(amounts, paid):
    parts = instalments.cover(paid, amounts)
    assert sum(parts) == min(paid, sum(amounts))
    full = [part == amount for part, amount in zip(parts, amounts, strict=True)]
    assert full == sorted(full, reverse=True)


def test_too_many_instalments_are_refused():
    with pytest.raises(ValueError, match="in 3 instalments"):
        instalments.split_debt(Decimal("0.02"), 3)


def test_each_state_that_can_be_reached_is_in_its_table():
    for table in (states.CASE, states.DISPUTE, states.PLAN):
        for following in table.values():
            assert set(following) <= set(table)


@pytest.mark.parametrize(
    "module", [calendar, instalments, ladder, return_reasons, states]
)
def test_examples_of_the_documentation_hold(module):
    assert doctest.testmod(module).failed == 0
