# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a cooperative does besides billing, shown with a few of its people.

Everything goes through the methods that agents and other programs call. Nothing of it
begins before the month after the billed one, so that no bill of the demo changes; a
second call makes nothing twice.
"""

from datetime import date, timedelta

from ..batch import QUIET
from .contacts import add_contacts
from .memberships import add_memberships
from .operations import add_operations
from .stock import add_stock

__all__ = ["load_life"]
PEOPLE_COUNT = 11


def load_life(env, month):
    """Give some members of a loaded world shares, operations, notices and so on.

    :param env: Odoo environment of the superuser
    :param str month: the month that is billed, as 2026-10
    :raise LookupError: when the world has too few people
    """
    env = env(context={**env.context, **QUIET})
    people = _people(env)
    add_memberships(env, people)
    sims = add_stock(env, people[0])
    add_operations(env, _quiet_month(env, month), sims)
    add_contacts(env, people)


def _people(env):
    """Return the first persons with a service, in the order of their codes."""
    running = env["contract.contract"].search(
        [("telecom_state", "=", "active"), ("partner_id.is_company", "=", False)]
    )
    known = running.partner_id.filtered(lambda one: (one.ref or "").startswith("M0"))
    people = known.sorted("ref")[:PEOPLE_COUNT]
    if len(people) < PEOPLE_COUNT:
        raise LookupError(
            f"The world has {len(people)} persons with a service, {PEOPLE_COUNT} are "
            "needed: generate more subscriptions."
        )
    return people


def _quiet_month(env, month):
    """Return the first day of the month after both today's and the one after the
    billed month, whatever the machine's clock says."""
    billed = date.fromisoformat(f"{month}-01")
    latest = max(env.company._telecom_today(), _next_month(billed))
    return _next_month(latest)


def _next_month(day):
    """Return the first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
