# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The mobile wholesaler: semicolons, iso-8859-15, a file a day, local times."""

from ..calendar_month import CLOCK
from .provider import MICROS_PER_TEN_THOUSANDTH, Provider

ENCODING = "iso-8859-15"
COLUMNS = (
    "ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;DESCRIPCION"
)
TYPE, SERVED, DATE, TIME, QUANTITY = 1, 3, 5, 6, 7
_TYPES = {"voice": "VOZ", "sms": "SMS", "mms": "MMS"}
_HOME_CODE_LENGTH = 2


def _with(column, value):
    """Return a breaker that puts a value into a column."""

    def breaker(line):
        cells = line.split(b";")
        cells[column] = value
        return b";".join(cells)

    return breaker


def _replace_year(year):
    def breaker(line):
        cells = line.split(b";")
        cells[DATE] = cells[DATE][:6] + year
        return b";".join(cells)

    return breaker


def _as_utf8(line):
    return line.decode(ENCODING).encode("utf-8")


class MobileWholesale(Provider):
    """Voice and messages of mobile lines in the home network."""

    name = "mobile_wholesale"
    file_pattern = "MW_CDR_*.csv"
    first_sequence = 271
    breakers = {
        "structure": (
            lambda line: line[: line.rindex(b";", 0, line.rindex(b";"))],
            lambda line: line + b";0;",
        ),
        "bad_value": (
            _with(DATE, b"31/02/2026"),
            _with(TIME, b"25:61:00"),
            _with(QUANTITY, b"12x"),
            _with(SERVED, b"6OO123456"),
        ),
        "missing_value": (_with(SERVED, b""), _with(QUANTITY, b"")),
        "unknown_usage_type": (_with(TYPE, b"FAX"), _with(TYPE, b"VID")),
        "out_of_range": (
            _replace_year(b"2019"),
            _replace_year(b"2041"),
            _with(QUANTITY, b"-35"),
        ),
        "mojibake": (_as_utf8,),
    }

    def file_name(self, day, sequence):
        """Return the name of the file that closes on a day."""
        return f"MW_CDR_{day.compact_date}_{sequence:04d}.csv"

    def first_lines(self, day, sequence):
        """Return the line of the column names."""
        return [COLUMNS.encode(ENCODING)]

    def encode(self, event, number):
        """Return an event as a detail line."""
        party = event.party
        tenths = event.cost_micros // MICROS_PER_TEN_THOUSANDTH
        text = (
            f"{event.instant:010d}{number:07d};{_TYPES[event.usage_type]};"
            f"{'E' if event.is_incoming else 'S'};"
            f"{event.served_number[_HOME_CODE_LENGTH:]};{party.dialled};"
            f"{event.day.spanish_date};{CLOCK[event.second]};{event.quantity};"
            f"{tenths // 10_000},{tenths % 10_000:04d};{party.description}"
        )
        return text.encode(ENCODING)
