# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Draw the usage events of one day, or a single one at a given moment.

No two events of one number begin at the same instant, so that what a provider
sends twice is known to be a duplicate.
"""

from ..calendar_month import DAY_SECONDS
from ..reference_table import WeightedChoice
from ..streams import random_stream
from .act import ActDrawer
from .clock_curve import ClockCurve
from .event import UsageEvent


class EventDrawer:
    """Draws events day by day, in calendar order.

    :param settings: what was asked for
    :param list lines: ``Line`` of every number with usage
    :param PhoneBook phone_book: whom they may reach
    """

    def __init__(self, settings, lines, phone_book):
        self._rng = random_stream(settings.seed, "usage")
        self._acts = ActDrawer(self._rng, phone_book)
        self._lines = lines
        #: The day begun last.
        self.day = None
        self._taken_today = set()
        self._taken_before = set()

    def begin_day(self, day):
        """Prepare the draws of a day; forget those of the day before.

        :return: bool, whether anybody can use a line on it
        """
        self.day = day
        self._taken_today.clear()
        self._curve = ClockCurve(day)
        used = [line for line in self._lines if line.is_used_on(day)]
        self._users = WeightedChoice(used, [line.weight for line in used])
        return bool(used)

    def draw(self):
        """Return an event of some user on the day begun."""
        line = self._users.pick(self._rng)
        return self.draw_on(line, self.day)

    def draw_on(self, line, day):
        """Return an event of the user of a line on a day."""
        trip = line.trip_on(day) if line.trips else None
        visited = trip.country if trip else None
        act = self._acts.draw(line, visited)
        second = self._curve.second(self._rng, act.usage_type == "data")
        return self._place(line, act, day, second, visited)

    def call_on(self, line, day, second):
        """Return an outgoing call at home that begins at a local second."""
        act = self._acts.outgoing_call(line, None)
        return self._place(line, act, day, second, None)

    def pick_user(self):
        """Return a line in use on the day begun."""
        return self._users.pick(self._rng)

    def _place(self, line, act, day, second, visited):
        """Give an act a free second, the one wanted or one just after."""
        taken = self._taken_today if day == self.day else self._taken_before
        tells_offset = visited or act.usage_type == "data"
        shift = self._second_pass(day, second) if tells_offset else 0
        instant = day.instant(second) + shift
        while (line.number, instant) in taken:
            second = day.existing((second + 1) % DAY_SECONDS)
            instant = day.instant(second)
        taken.add((line.number, instant))
        tenure = line.tenure_at(instant)
        return UsageEvent(
            day,
            second,
            instant,
            act.usage_type,
            act.is_incoming,
            line.number,
            line.is_fixed,
            act.party,
            act.quantity,
            visited,
            act.cost_micros,
            tenure.subscription if tenure else None,
        )

    def _second_pass(self, day, second):
        """Return how much later a repeated local second comes again, or 0."""
        if day.is_repeated(second) and self._rng.random() < 0.5:
            return day.clock_shift
        return 0
