# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is asked when a price is asked for: values from outside, checked."""

from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from ...mediation.errors import FieldError
from ...mediation.limits import MAX_QUANTITY
from ...mediation.phone_number import NumberReader

#: Digits of a Spanish number (national numbering plan): shorter ones are short codes.
NATIONAL_LENGTH = 9
SPAIN = 34


class QuoteError(Exception):
    """A value that no price can be worked out for.

    :ivar str code: quantity, number, instant
    :ivar value: what was given
    """

    def __init__(self, code, value):
        super().__init__(code, value)
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Month:
    """A civil month and its instants in UTC, half-open.

    >>> Month.of(datetime(2026, 9, 30, 22), "Europe/Madrid").start_date
    datetime.date(2026, 10, 1)
    >>> Month(date(2026, 12, 1), "Europe/Madrid").end_at
    datetime.datetime(2026, 12, 31, 23, 0)
    """

    start_date: date
    time_zone: str

    @classmethod
    def of(cls, instant, time_zone):
        """Return the month in which a naive UTC instant lies."""
        local = instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(time_zone))
        return cls(local.date().replace(day=1), time_zone)

    def moved(self, count):
        """Return the month that lies so many after this one (before: negative)."""
        number = self.start_date.year * 12 + self.start_date.month - 1 + count
        return Month(date(number // 12, number % 12 + 1, 1), self.time_zone)

    @property
    def end_date(self):
        """First day of the month after it."""
        return self.moved(1).start_date

    @property
    def start_at(self):
        """First instant, naive UTC."""
        return self._instant(self.start_date)

    @property
    def end_at(self):
        """First instant of the month after it, naive UTC."""
        return self._instant(self.end_date)

    def _instant(self, day):
        local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.time_zone))
        return local.astimezone(timezone.utc).replace(tzinfo=None)


def read_quantity(value):
    """Return a quantity of base units as Decimal.

    >>> read_quantity("90.5")
    Decimal('90.5')

    :raise QuoteError: for what is no number of zero or more
    """
    try:
        quantity = Decimal(str(value))
    except InvalidOperation:
        raise QuoteError("quantity", value) from None
    if not (quantity.is_finite() and 0 <= quantity <= MAX_QUANTITY):
        raise QuoteError("quantity", value)
    return quantity


def read_number(value, country_code=None):
    """Return the E.164 digits of a telephone number as people write it.

    >>> read_number("612 34 56 78"), read_number("+33 6 12 34 56 78")
    ('34612345678', '33612345678')

    :raise QuoteError: for what is no telephone number
    """
    if not value:
        return None
    read = NumberReader(str(country_code or SPAIN), NATIONAL_LENGTH)
    try:
        return read(str(value))
    except FieldError as error:
        raise QuoteError("number", value) from error


def read_instant(value):
    """Return an instant as naive UTC.

    >>> read_instant("2026-10-05T12:00:00+02:00")
    datetime.datetime(2026, 10, 5, 10, 0)
    >>> read_instant("2026-10-05 10:00:00")
    datetime.datetime(2026, 10, 5, 10, 0)

    :param value: datetime or ISO 8601 text; without offset it is UTC, as in all of
        Odoo's interfaces
    :raise QuoteError: for any other text
    """
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise QuoteError("instant", value) from None
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    return moment
