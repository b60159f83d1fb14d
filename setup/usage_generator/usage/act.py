# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What one use of a line is: a call, a message or data, with whom, how long.

An act has no time yet; ``drawer.py`` places it in the month.
"""

from math import log
from typing import NamedTuple

from ..phone_numbers import Party, wholesale_cost

MEGABYTE = 1_048_576
_CONTACT_CALLS = 0.83
_STRANGER_CALLS = 0.125
_SPECIAL_CALLS = 0.03
_ROAMING_LOCAL_CALLS = 0.3
_INCOMING_MESSAGES = 0.4
_PREMIUM_MESSAGES = 0.012
#: Sigma of the logarithm: calls and sessions are short as a rule, long at times.
_CALL_SIGMA = 0.95
_SESSION_SIGMA = 1.2
_MAX_CALL_SECONDS = 4 * 3_600
_ROAMING_SECOND_MICROS = 380
#: Where calls are dear, they are about so long.
_DEAR_CALL_SECONDS = 40.0
#: What a session takes, on average, once the data included is used up.
_SPARE_BYTES = 6 * MEGABYTE
_MESSAGE_PARTS = (1, 1, 1, 1, 1, 1, 2, 3)


class Act(NamedTuple):
    """One use of a line, still without a time."""

    usage_type: str
    is_incoming: bool
    party: Party | None
    quantity: int
    cost_micros: int


class ActDrawer:
    """Draws what users do.

    :param rng: random stream
    :param PhoneBook phone_book: whom they may reach
    """

    def __init__(self, rng, phone_book):
        self._rng = rng
        self._phone_book = phone_book

    def draw(self, line, visited):
        """Return one act of the user of a line.

        :param Line line: the line
        :param visited: row of ``countries`` while roaming, else None
        """
        habits, share = line.habits, self._rng.random()
        share -= habits.outgoing_share
        if share < 0:
            return self.outgoing_call(line, visited)
        share -= habits.incoming_share
        if share < 0:
            return self._incoming_call(line, visited)
        share -= habits.message_share
        if share < 0:
            return self._message(line, visited)
        if line.is_fixed:
            return self.outgoing_call(line, visited)
        return self._session(line, visited)

    def outgoing_call(self, line, visited):
        """Return a call that the user makes."""
        party = self._callee(line, visited)
        mean = _mean_seconds(line, visited)
        if party.kind in ("special", "premium"):
            mean = self._phone_book.special_seconds(party)
        quantity = self._duration(mean)
        micros = _ROAMING_SECOND_MICROS if visited else party.second_micros
        return Act("voice", False, party, quantity, int(quantity * micros))

    def _incoming_call(self, line, visited):
        quantity = self._duration(_mean_seconds(line, visited))
        micros = _ROAMING_SECOND_MICROS // 2 if visited else 0
        return Act("voice", True, self._caller(line), quantity, quantity * micros)

    def _message(self, line, visited):
        rng = self._rng
        if rng.random() < _INCOMING_MESSAGES:
            return Act("sms", True, self._caller(line), 1, 0)
        if not visited and rng.random() < _PREMIUM_MESSAGES:
            party = self._phone_book.special_sms.pick(rng)
            return Act("sms", False, party, 1, int(wholesale_cost("premium", "sms")))
        party = line.contacts.pick(rng)
        parts = rng.choice(_MESSAGE_PARTS)
        micros = int(wholesale_cost(party.kind, "sms"))
        return Act("sms", False, party, parts, parts * micros)

    def _session(self, line, visited):
        place = "roaming" if visited else "home"
        # Where data is dear, users keep off it, and so they do once theirs is used up.
        share = float(visited["trip_data_share"]) if visited else 1
        spare = self._rng.expovariate(1 / _SPARE_BYTES)
        most = max(0, line.bytes_left) + spare
        quantity = int(min(self._volume(line.session_bytes * share), most)) + 1
        line.bytes_left -= quantity
        cost = quantity * wholesale_cost(place, "data") / MEGABYTE
        return Act("data", False, None, quantity, int(cost))

    def _callee(self, line, visited):
        rng, book, share = self._rng, self._phone_book, self._rng.random()
        if visited:
            if share < _ROAMING_LOCAL_CALLS:
                return book.foreigner(rng, visited["country"])
            return line.contacts.pick(rng)
        if share < _CONTACT_CALLS:
            return line.contacts.pick(rng)
        if share < _CONTACT_CALLS + _STRANGER_CALLS:
            return book.stranger(rng)
        if share < _CONTACT_CALLS + _STRANGER_CALLS + _SPECIAL_CALLS:
            return book.special_voice.pick(rng)
        return book.foreigner(rng)

    def _caller(self, line):
        rng = self._rng
        if rng.random() < _CONTACT_CALLS:
            return line.contacts.pick(rng)
        return self._phone_book.stranger(rng)

    def _duration(self, mean):
        seconds = self._rng.lognormvariate(
            log(mean) - _CALL_SIGMA * _CALL_SIGMA / 2, _CALL_SIGMA
        )
        return min(max(1, int(seconds)), _MAX_CALL_SECONDS)

    def _volume(self, mean):
        volume = self._rng.lognormvariate(
            log(mean) - _SESSION_SIGMA * _SESSION_SIGMA / 2, _SESSION_SIGMA
        )
        return max(1_024, volume)


def _mean_seconds(line, visited):
    """Return the mean length of a call: short where it is dear."""
    is_dear = visited and visited["is_dear"] == "1"
    return min(line.call_seconds, _DEAR_CALL_SECONDS) if is_dear else line.call_seconds
