# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which services a household or an organisation takes, and under which offerings."""

from datetime import timedelta

from ..reference_table import WeightedChoice, read_table, weighted_table
from ..streams import random_stream
from .member import MemberFactory
from .records import Subscription, SubscriptionLine, World

#: Old customers came up to this long before the month, new ones at least so long.
_OLDEST_DAYS = 3_700
_NEWEST_DAYS = 70


def offerings_by_family():
    """Return ``{family: WeightedChoice of rows of offerings}``."""
    families = {}
    for row in read_table("offerings"):
        families.setdefault(row["family"], []).append(row)
    return {
        family: WeightedChoice(rows, [float(row["weight"]) for row in rows])
        for family, rows in families.items()
    }


def settle_households(settings):
    """Return a world of exactly the subscriptions asked for, all of them active.

    Resources and assignments are still missing.
    """
    return _Settlement(settings).world


class _Settlement:
    def __init__(self, settings):
        self.world = World()
        self._settings = settings
        self._rng = random_stream(settings.seed, "households")
        self._factory = MemberFactory(random_stream(settings.seed, "members"))
        self._offerings = offerings_by_family()
        while len(self.world.subscriptions) < settings.subscription_count:
            self._settle(weighted_table("households").pick(self._rng))

    def _settle(self, household):
        world = self.world
        code = f"M{len(world.members) + 1:06d}"
        member = self._factory.member(code, household["is_company"] == "1")
        world.members.append(member)
        first = len(world.billing_accounts)
        for number in range(int(household["account_count"])):
            account = f"W{first + number + 1:06d}"
            world.billing_accounts.append(
                self._factory.billing_account(account, member)
            )
        accounts = world.billing_accounts[first:]
        since = self._settings.month_start - timedelta(
            days=self._rng.randrange(_NEWEST_DAYS, _OLDEST_DAYS)
        )
        for number, family in enumerate(household["families"].split()):
            if len(world.subscriptions) == self._settings.subscription_count:
                return
            account = accounts[number % len(accounts)]
            self._subscribe(account.code, family, since)

    def _subscribe(self, account_code, family, since):
        offering = self._offerings[family].pick(self._rng)
        activation = since + timedelta(days=self._rng.randrange(0, 40))
        self.world.subscriptions.append(
            Subscription(
                code=f"S{len(self.world.subscriptions) + 1:06d}",
                billing_account=account_code,
                family=family,
                service_type=offering["service_type"],
                activation_date=activation,
                lines=[
                    SubscriptionLine(offering["default_code"], "tariff", activation)
                ],
            )
        )
