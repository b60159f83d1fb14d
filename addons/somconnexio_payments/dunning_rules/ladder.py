# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which step of the ladder an account gets, and why, or when.

The steps of a ladder are taken in their order, each once in a cycle. A step whose
standing conditions (bills, amount, reason of a return) do not hold is left out for one
further on; the days it must wait are counted from the due date of the oldest unpaid
bill, from the step before, and from the day on which the notice before was proven to
have been handed over.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .calendar import ActionCalendar

NONE, RESTRICT_DATA, RESTRICT_OUTGOING = "none", "restrict_data", "restrict_outgoing"
SUSPEND, TERMINATE = "suspend", "terminate"
ACTIONS = (NONE, RESTRICT_DATA, RESTRICT_OUTGOING, SUSPEND, TERMINATE)
#: The law asks for a notice before these, whatever a policy says.
NEED_NOTICE = (SUSPEND, TERMINATE)

#: Why nothing is done, the strongest first.
STOPS = ("error", "hold", "plan", "claim", "debit", "credit", "minimum", "care")


@dataclass(frozen=True)
class Step:
    """One rung.

    :param int key: tells steps apart
    :param str action: one of ``ACTIONS``
    :param int min_days: since the due date of the oldest unpaid bill
    :param str return_class: of the last returned debit; empty: whatever
    :param int days_after_previous: since the step before
    :param proof_days: how long ago the notice before must have been handed over; None:
        no proof is asked for
    :param int reevaluate_days: how long nothing is looked at after this step
    """

    key: int
    action: str = NONE
    min_days: int = 0
    min_bills: int = 0
    min_amount: Decimal = Decimal(0)
    return_class: str = ""
    days_after_previous: int = 0
    proof_days: int | None = None
    reevaluate_days: int = 1


@dataclass(frozen=True)
class Figures:
    """What is known of an account on a day.

    :param Decimal owed_amount: all that is overdue
    :param Decimal amount: of it, what is neither disputed nor being debited, less open
        credit notes
    :param int reached: how many steps of the ladder are behind in this cycle
    :param step_date: day of the last step, None before the first
    :param proof_date: day on which its notice was handed over, None while unproven
    :param stops: those of ``STOPS`` that others have put: error, hold, plan
    :param bool is_protected: a vulnerable household
    """

    day: date
    oldest_due_date: date | None = None
    bill_count: int = 0
    owed_amount: Decimal = Decimal(0)
    disputed_amount: Decimal = Decimal(0)
    debited_amount: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    minimum_amount: Decimal = Decimal(0)
    return_class: str = ""
    reached: int = 0
    step_date: date | None = None
    proof_date: date | None = None
    stops: frozenset = frozenset()
    is_protected: bool = False


@dataclass(frozen=True)
class Condition:
    """One condition of a step with its figure: ``needed`` and ``actual`` as text."""

    code: str
    needed: str
    actual: str
    holds: bool


@dataclass(frozen=True)
class Decision:
    """What is to be done.

    :param step: the rung that is next, None at the end of the ladder
    :param bool is_due: it is to be taken today
    :param next_date: first day on which it could be; None: not foreseeable
    :param str stop: one of ``STOPS`` or empty
    :param tuple conditions: of :class:`Condition`
    """

    step: Step | None = None
    is_due: bool = False
    next_date: date | None = None
    stop: str = ""
    conditions: tuple = field(default_factory=tuple)


def decide(figures: Figures, ladder, calendar: ActionCalendar) -> Decision:
    """Return which step is next for an account, whether today, and why.

    :param ladder: sequence of :class:`Step` in their order
    """
    step = _next_step(figures, ladder)
    stop = _stop(figures, step)
    if step is None:
        return Decision(stop=stop)
    previous = ladder[figures.reached - 1] if figures.reached else None
    conditions = (*_standing(figures, step), *_waiting(figures, step, previous))
    holds = all(condition.holds for condition in conditions)
    allowed = _calendar_condition(figures.day, step, calendar)
    if allowed:
        conditions = (*conditions, allowed)
    is_due = holds and not stop and (allowed is None or allowed.holds)
    day = None if stop else _first_day(figures, step, previous, calendar)
    return Decision(step, is_due, day, stop, conditions)


def _next_step(figures, ladder):
    """Return the first step ahead whose standing conditions hold, else the next."""
    ahead = ladder[figures.reached :]
    for step in ahead:
        if all(condition.holds for condition in _standing(figures, step)):
            return step
    return ahead[0] if ahead else None


def _stop(figures, step):
    """Return the strongest reason to do nothing, or an empty text."""
    found = set(figures.stops)
    if figures.amount <= 0 < figures.owed_amount:
        if figures.debited_amount:
            found.add("debit")
        elif figures.disputed_amount:
            found.add("claim")
        else:
            found.add("credit")
    elif figures.amount < figures.minimum_amount:
        found.add("minimum")
    if figures.is_protected and step and step.action != NONE:
        found.add("care")
    return next((stop for stop in STOPS if stop in found), "")


def _standing(figures, step):
    """Return the conditions that only other debts or payments can change."""
    asked = (
        ("bills", step.min_bills, figures.bill_count),
        ("amount", step.min_amount, figures.amount),
    )
    conditions = [
        Condition(code, str(needed), str(actual), actual >= needed)
        for code, needed, actual in asked
        if needed
    ]
    if step.return_class:
        conditions.append(
            Condition(
                "return",
                step.return_class,
                figures.return_class,
                figures.return_class == step.return_class,
            )
        )
    return conditions


def _waiting(figures, step, previous):
    """Return the conditions that time fulfils, each with the day it holds from."""
    return [
        Condition(
            code,
            str(needed),
            "" if since is None else str((figures.day - since).days),
            since is not None and (figures.day - since).days >= needed,
        )
        for code, needed, since in _clocks(figures, step, previous)
    ]


def _clocks(figures, step, previous):
    """Return (code, days needed, civil date they count from or None)."""
    clocks = [("days", step.min_days, figures.oldest_due_date)]
    if previous:
        pause = max(step.days_after_previous, previous.reevaluate_days)
        clocks.append(("previous", pause, figures.step_date))
    needed = proof_days(step)
    if needed is not None:
        clocks.append(("proof", needed, figures.proof_date))
    return clocks


def proof_days(step):
    """Return how long ago the notice before must have been handed over, or None.

    Suspending and ending a service is never done without one.

    >>> proof_days(Step(1, SUSPEND)), proof_days(Step(1, NONE))
    (1, None)
    """
    if step.action in NEED_NOTICE:
        return max(step.proof_days or 0, 1)
    return step.proof_days


def _calendar_condition(day, step, calendar):
    """Return the condition that the day is one on which services may be touched."""
    if step.action == NONE:
        return None
    return Condition("calendar", "", day.isoformat(), calendar.allows(day))


def _first_day(figures, step, previous, calendar):
    """Return the first day, today or later, on which the step could be taken."""
    if not all(condition.holds for condition in _standing(figures, step)):
        return None
    day = figures.day
    for _code, needed, since in _clocks(figures, step, previous):
        if since is None:
            return None
        day = max(day, since + timedelta(days=needed))
    return day if step.action == NONE else calendar.first_allowed(day)
