# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The fixed-line carrier: 90 columns, ascii, CRLF, a file a week with sums."""

from ..calendar_month import CLOCK
from .provider import MICROS_PER_TEN_THOUSANDTH, Provider, Totals

WIDTH = 90
CARRIER = b"ES0417FX"
#: Slices of the fields of a detail line.
CALLING, CALLED = slice(9, 24), slice(24, 44)
DATE, TIME = slice(44, 52), slice(52, 58)
SECONDS, COST = slice(58, 65), slice(65, 75)
_CLASSES = {
    "fixed": "NA",
    "mobile": "MO",
    "international": "IN",
    "special": "SP",
    "premium": "SP",
}
_CUT_LENGTH = 61
_CREATED_TIME = b"233000"


def put(line, place, value):
    """Return a line with a value in one of its slices, filled with spaces."""
    width = place.stop - place.start
    return line[: place.start] + value.ljust(width) + line[place.stop :]


def _unbilled(breaker):
    """Return a breaker whose line adds nothing to the sums of the trailer.

    So the trailer agrees whether or not the reader counts the lines it rejects.
    """

    def breaks(line):
        return breaker(put(put(line, SECONDS, b"0" * 7), COST, b"0" * 10))

    return breaks


def _with(place, value):
    return _unbilled(lambda line: put(line, place, value))


class FixedCarrier(Provider):
    """Voice of fixed lines. A line's own number is in ``calling`` both ways."""

    name = "fixed_carrier"
    file_pattern = "FIX_*.txt"
    is_weekly = True
    line_end = b"\r\n"
    first_sequence = 1_043
    breakers = {
        "structure": (_unbilled(lambda line: line[:_CUT_LENGTH]),),
        "bad_value": (
            _with(DATE, b"20261332"),
            _with(TIME, b"246199"),
            _with(CALLED, b"ABCDEFGHI"),
        ),
        "missing_value": (_with(CALLING, b""),),
        "out_of_range": (_with(DATE, b"20190131"), _with(DATE, b"20411031")),
        "encoding": (_with(CALLED, "93765432ñ".encode("iso-8859-15")),),
    }

    def file_name(self, day, sequence):
        """Return the name of the file that closes on a day."""
        return f"FIX_{day.compact_date}_{sequence:06d}.txt"

    def first_lines(self, day, sequence):
        """Return the header."""
        created = day.compact_date.encode() + _CREATED_TIME
        return [(b"H" + CARRIER + b"%06d" % sequence + created).ljust(WIDTH)]

    def encode(self, event, number):
        """Return an event as a detail line."""
        party = event.party
        # The carrier writes every other national number with its country code.
        is_long = number % 2 and party.kind in ("fixed", "mobile")
        called = party.digits if is_long else party.dialled
        clock = CLOCK[event.second].replace(":", "")
        cost = event.cost_micros // MICROS_PER_TEN_THOUSANDTH
        text = (
            f"D{number:08d}{event.served_number:<15}{called:<20}"
            f"{event.day.compact_date}{clock}{event.quantity:07d}{cost:010d}"
            f"{_CLASSES[party.kind]}{'I' if event.is_incoming else 'O'}"
        )
        return text.encode("ascii").ljust(WIDTH)

    def totals_of(self, line):
        """Return count, seconds and ten-thousandths of a euro of a detail line."""
        if len(line) < WIDTH:
            return Totals(1)
        return Totals(1, int(line[SECONDS]), int(line[COST]))

    def last_lines(self, totals):
        """Return the trailer."""
        count, seconds, cost = totals
        return [(b"T%08d%012d%014d" % (count, seconds, cost)).ljust(WIDTH)]
