# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read the usage that a document shall price: a CSV file, or dicts of its columns."""

import csv
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .errors import UsageError
from .instants import as_utc, parse_instant

REQUIRED_COLUMNS = ("event_id", "subscription", "usage_type", "started_at", "quantity")
OPTIONAL_COLUMNS = (
    "direction",
    "served_number",
    "other_number",
    "visited_country",
    "wholesale_cost",
)
USAGE_COLUMNS = REQUIRED_COLUMNS + OPTIONAL_COLUMNS
DIRECTIONS = ("outgoing", "incoming")
LONGEST_TEXT = 200
#: Months are made for what is rated: a wrong year must not make thousands.
FIRST_YEAR, LAST_YEAR = 2000, 2099
NUMBER = re.compile(r"\+?([0-9]{1,20})")
COUNTRY = re.compile(r"[A-Z]{2}")
QUANTITY = re.compile(r"[0-9]{1,18}(\.[0-9]{1,12})?")
COST = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class UsageRow(NamedTuple):
    """One usage event, checked; numbers are digits as text, exact.

    ``started_at`` is UTC without zone, empty texts are None.
    """

    row_number: int
    event_id: str
    subscription: str
    usage_type: str
    direction: str
    started_at: datetime
    quantity: str
    served_number: str | None
    other_number: str | None
    visited_country: str | None
    wholesale_cost: str | None


def read_usage(stream, document):
    """Yield the rows of a CSV file with a header.

    :param stream: text stream, opened with newline=""
    :param TariffDocument document: says what usage types and time zone there are
    :raise UsageError: naming line and column of the first fault
    """
    reader = csv.reader(stream, strict=True)
    lines = _lines(reader)
    header = next(lines, None)
    if header is None:
        raise UsageError(1, "", f"the file is empty: begin with {_header_text()}")
    _check_header(header)
    usage = UsageReader(document)
    for values in lines:
        if len(values) != len(header):
            raise UsageError(
                reader.line_num,
                "",
                f"{len(values)} values, and the header has {len(header)}: is the file"
                " cut off, or a comma not in quotes?",
            )
        row = dict(zip(header, values, strict=True))
        yield usage.read(row, reader.line_num)
    if not usage.count:
        raise UsageError(2, "", "there is no usage below the header")


def _lines(reader):
    """Yield the lines that aren't blank, faults as UsageError."""
    try:
        for values in reader:
            if values:
                yield values
    except csv.Error as error:
        text = f"no CSV: {error}; is the file cut off?"
        raise UsageError(reader.line_num, "", text) from None
    except UnicodeDecodeError as error:
        text = f"no UTF-8 after this line ({error.reason}): save the file as UTF-8"
        raise UsageError(reader.line_num, "", text) from None


def _check_header(header):
    for number, name in enumerate(header):
        if name not in USAGE_COLUMNS:
            text = f"is no column; the columns are {_header_text()}"
            raise UsageError(1, name or f"column {number + 1}", text)
        if name in header[:number]:
            raise UsageError(1, name, "stands twice in the header: remove one")
    for name in REQUIRED_COLUMNS:
        if name not in header:
            raise UsageError(1, name, "is missing in the header: add the column")


def _header_text():
    return ",".join(USAGE_COLUMNS)


class UsageReader:
    """Turns dicts of the columns into rows, and sees to it that no id comes twice."""

    def __init__(self, document):
        self.usage_types = document.all_usage_types
        self.zone = ZoneInfo(document.time_zone)
        self.subscriptions = None
        if document.subscriptions is not None:
            self.subscriptions = {item.code for item in document.subscriptions}
        self.line_by_event = {}

    @property
    def count(self):
        """How many rows were read."""
        return len(self.line_by_event)

    def read_all(self, rows):
        """Yield a row for each dict; the first counts as line 2, below a header."""
        for line_number, row in enumerate(rows, start=2):
            if not isinstance(row, Mapping):
                raise UsageError(line_number, "", f"{row!r} is no dict of the columns")
            for name in row:
                if name not in USAGE_COLUMNS:
                    text = f"is no column; the columns are {_header_text()}"
                    raise UsageError(line_number, str(name), text)
            yield self.read(row, line_number)

    def read(self, row, line_number):
        """Return the row of a dict.

        :raise UsageError: naming line and column
        """
        cell = _Cells(row, line_number)
        event_id = cell.text("event_id", is_required=True)
        if event_id in self.line_by_event:
            raise cell.error(
                "event_id",
                f"{event_id!r} is also on line {self.line_by_event[event_id]}",
            )
        self.line_by_event[event_id] = line_number
        return UsageRow(
            row_number=self.count,
            event_id=event_id,
            subscription=cell.choice(
                "subscription", self.subscriptions, "subscriptions of the document"
            ),
            usage_type=cell.choice("usage_type", self.usage_types, "usage types"),
            direction=cell.choice(
                "direction", DIRECTIONS, "directions", default="outgoing"
            ),
            started_at=cell.instant("started_at", self.zone),
            quantity=cell.number("quantity", QUANTITY, is_required=True),
            served_number=cell.phone("served_number"),
            other_number=cell.phone("other_number"),
            visited_country=cell.country("visited_country"),
            wholesale_cost=cell.number("wholesale_cost", COST),
        )


class _Cells:
    """The cells of one line, read by what they must be."""

    def __init__(self, row, line_number):
        self.row = row
        self.line_number = line_number

    def error(self, column, text):
        return UsageError(self.line_number, column, text)

    def text(self, column, is_required=False):
        """Return a text without blanks around it, None when it is empty."""
        value = self.row.get(column)
        text = "" if value is None else str(value).strip()
        if is_required and not text:
            raise self.error(column, "is empty")
        if len(text) > LONGEST_TEXT or CONTROL.search(text):
            raise self.error(
                column, f"must have up to {LONGEST_TEXT} printable characters"
            )
        return text or None

    def choice(self, column, known, name, default=None):
        text = self.text(column, is_required=default is None) or default
        if known is not None and text not in known:
            some = ", ".join(sorted(known)[:8])
            raise self.error(column, f"{text!r} is none of the {name}: {some}")
        return text

    def instant(self, column, zone):
        value = self.row.get(column)
        if not isinstance(value, datetime):
            text = self.text(column, is_required=True)
            try:
                value = parse_instant(text)
            except (ValueError, IndexError):
                hint = "such as 2026-10-31T08:00:00+01:00"
                raise self.error(column, f"{text!r} is no instant, {hint}") from None
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            years = f"{FIRST_YEAR} and {LAST_YEAR}"
            raise self.error(column, f"{value} does not lie between {years}")
        return as_utc(value, zone)

    def number(self, column, pattern, is_required=False):
        """Return a number as its digits."""
        text = self.text(column, is_required)
        if text is None:
            return None
        try:
            digits = format(Decimal(text), "f")
        except (InvalidOperation, ValueError):
            raise self.error(column, f"{text!r} is no number") from None
        if not pattern.fullmatch(digits):
            raise self.error(
                column,
                f"{text!r} must have up to 12 decimals"
                + ("" if pattern is COST else " and be zero or more"),
            )
        return digits

    def phone(self, column):
        text = self.text(column)
        if text is None:
            return None
        match = NUMBER.fullmatch(text)
        if not match:
            raise self.error(column, f"{text!r} must be up to 20 digits")
        return match[1]

    def country(self, column):
        text = self.text(column)
        if text is not None and not COUNTRY.fullmatch(text):
            raise self.error(column, f"{text!r} must be a code such as FR")
        return text
