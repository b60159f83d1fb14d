# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""When in the week and in the day people use their lines.

The weights (``reference/hours.csv``) are of no source but shaped after what is
common knowledge of networks: calls peak before lunch and after work, data in the
evening, both sleep at night.
"""

from ..calendar_month import HOUR_SECONDS
from ..reference_table import weighted_table

_REST_DAY_SHARE = 0.68


def day_weight(day):
    """Return how much of the month's usage falls on a day, in no unit."""
    return _REST_DAY_SHARE if day.is_rest_day else 1.0


class ClockCurve:
    """Draws the local seconds of one day at which usage begins."""

    def __init__(self, day):
        calls = "rest_day_calls" if day.is_rest_day else "workday_calls"
        self._existing = day.existing
        self._calls = weighted_table("hours", calls)
        self._data = weighted_table("hours", "data")

    def second(self, rng, is_data):
        """Return a local second of the day for data, or for calls and messages."""
        hour = int((self._data if is_data else self._calls).pick(rng)["hour"])
        return self._existing(hour * HOUR_SECONDS + int(rng.random() * HOUR_SECONDS))
