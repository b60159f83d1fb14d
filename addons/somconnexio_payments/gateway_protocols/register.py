# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank's daily register against our transactions, both ways."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from .outcome import Refusal
from .values import read_amount

MOST_LINES = 200_000


class RegisterError(ValueError):
    """A register that cannot be read: ``line`` and ``what`` is wrong there."""

    def __init__(self, line, what):
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what


@dataclass(frozen=True)
class RegisterLine:
    """One payment as the bank has it."""

    line: int
    transaction_id: str
    identifier: str
    amount: Decimal
    paid_at: str = ""


@dataclass(frozen=True)
class RegisterFormat:
    """How the file is written; columns by their names in the first line."""

    delimiter: str = ";"
    encoding: str = "utf-8-sig"
    transaction_column: str = "txn_id"
    identifier_column: str = "account"
    amount_column: str = "sum"
    date_column: str = ""
    amount_format: str = "decimal"


def read_register(data, form):
    """Yield the lines of a register.

    :param bytes data: the file
    :raise RegisterError: naming the line; nothing may be kept of such a file
    """
    try:
        text = data.decode(form.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise RegisterError(1, f"not {form.encoding}") from error
    if "\x00" in text:
        raise RegisterError(1, "not a text file")
    rows = csv.DictReader(io.StringIO(text), delimiter=form.delimiter, strict=True)
    _check_columns(rows, form)
    seen = {}
    try:
        for row in rows:
            line = _read_line(row, rows.line_num, form)
            if line.transaction_id in seen:
                raise RegisterError(
                    line.line,
                    f"transaction {line.transaction_id} stands in line "
                    f"{seen[line.transaction_id]} too",
                )
            seen[line.transaction_id] = line.line
            if len(seen) > MOST_LINES:
                raise RegisterError(line.line, f"more than {MOST_LINES} lines")
            yield line
    except csv.Error as error:
        raise RegisterError(rows.reader.line_num, str(error)) from error


def _check_columns(rows, form):
    try:
        names = rows.fieldnames or []
    except csv.Error as error:
        raise RegisterError(1, str(error)) from error
    wanted = (form.transaction_column, form.identifier_column, form.amount_column)
    missing = [
        name for name in (*wanted, form.date_column) if name and name not in names
    ]
    if missing:
        raise RegisterError(
            1, f"no column {', '.join(missing)}; there are {', '.join(names) or 'none'}"
        )


def _read_line(row, number, form):
    transaction = (row[form.transaction_column] or "").strip()
    if not transaction or len(transaction) > 64:
        raise RegisterError(number, f"{form.transaction_column} is empty or too long")
    text = (row[form.amount_column] or "").strip().replace(",", ".")
    try:
        amount = read_amount(text, form.amount_format)
    except Refusal as error:
        raise RegisterError(number, f"{text!r} is no amount") from error
    return RegisterLine(
        line=number,
        transaction_id=transaction,
        identifier=(row[form.identifier_column] or "").strip()[:40],
        amount=amount,
        paid_at=(row[form.date_column] or "").strip() if form.date_column else "",
    )


def compare(lines, booked):
    """Return how each payment of the bank and of ours compares.

    :param lines: RegisterLines
    :param dict booked: transaction id → Decimal of what is booked and not cancelled
    :return: dict transaction id → ``equal``, ``amount_differs``, ``missing_here`` or
        ``missing_there``
    """
    verdicts = {}
    for line in lines:
        amount = booked.get(line.transaction_id)
        if amount is None:
            verdicts[line.transaction_id] = "missing_here"
        else:
            is_equal = amount == line.amount
            verdicts[line.transaction_id] = "equal" if is_equal else "amount_differs"
    for transaction_id in booked:
        verdicts.setdefault(transaction_id, "missing_there")
    return verdicts
