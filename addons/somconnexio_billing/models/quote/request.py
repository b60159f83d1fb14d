# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is asked when a price is asked for: values from outside, checked."""

from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation

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
