# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A bank's own sums must hold: opening + Σ entries = closing, counts, batches."""

from decimal import Decimal

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from .records import Entry, Statement


def checked(items):
    """Pass on what a reader gives; refuse a statement whose sums do not hold.

    :param items: iterator of ``camt.read`` or ``norma43.read``
    :raise FileError: ``balance``, ``declared``, ``batch_sum``, ``batch_count``,
        ``entry_currency``
    """
    totals = None
    for item in items:
        if isinstance(item, Statement):
            if totals:
                totals.close()
            totals = _Totals(item)
        elif isinstance(item, Entry):
            totals.add(item)
            check_entry(item)
        yield item
    if totals:
        totals.close()


class _Totals:
    """What the entries of one statement add up to."""

    def __init__(self, statement):
        self.statement = statement
        self.found = {
            "count": 0,
            "sum": Decimal(0),
            "credit_count": 0,
            "credit_sum": Decimal(0),
            "debit_count": 0,
            "debit_sum": Decimal(0),
        }
        self.booked = Decimal(0)
        self._check_currencies()

    def _check_currencies(self):
        statement = self.statement
        balances = [b for b in (statement.opening, statement.closing) if b]
        for balance in balances:
            statement.currency = statement.currency or balance.currency
            if balance.currency != statement.currency:
                raise FileError(
                    "entry_currency",
                    where=balance.where,
                    found=balance.currency,
                    expected=statement.currency,
                )

    def add(self, entry):
        """Count an entry in; one that is only expected does not move the balance."""
        statement = self.statement
        statement.currency = statement.currency or entry.currency
        if entry.currency != statement.currency:
            raise FileError(
                "entry_currency",
                where=entry.where,
                found=entry.currency,
                expected=statement.currency,
            )
        side = "debit" if entry.amount < 0 else "credit"
        self.found["count"] += 1
        self.found["sum"] += abs(entry.amount)
        self.found[f"{side}_count"] += 1
        self.found[f"{side}_sum"] += abs(entry.amount)
        if entry.is_booked:
            self.booked += entry.amount

    def close(self):
        """Compare with what the bank declares."""
        for name, declared in self.statement.declared.items():
            if self.found[name] != declared:
                raise FileError(
                    "declared",
                    where=self.statement.where,
                    field=name,
                    declared=str(declared),
                    found=str(self.found[name]),
                )
        if not self.statement.has_balances:
            return
        expected = self.statement.opening.amount + self.booked
        if expected != self.statement.closing.amount:
            raise FileError(
                "balance",
                where=self.statement.where,
                opening=str(self.statement.opening.amount),
                entries=str(self.booked),
                closing=str(self.statement.closing.amount),
            )


def check_entry(entry):
    """Compare an entry with its transactions.

    Charges that the bank tells of may be the difference.

    :raise FileError: ``batch_sum`` or ``batch_count``
    """
    details = entry.details
    if not details:
        return
    if entry.batch_count is not None and entry.batch_count != len(details):
        raise FileError(
            "batch_count",
            where=entry.where,
            declared=entry.batch_count,
            found=len(details),
        )
    if len(details) == 1 and details[0].amount is None:
        details[0].amount = entry.amount
    if any(detail.amount is None for detail in details):
        raise FileError("xml_missing", where=entry.where, expected="TxDtls/Amt")
    if any(detail.currency != entry.currency for detail in details):
        return _check_foreign(entry)
    found = sum(detail.amount for detail in details)
    if abs(entry.amount - found) > entry.charges:
        raise FileError(
            "batch_sum", where=entry.where, declared=str(entry.amount), found=str(found)
        )


def _check_foreign(entry):
    """A single transaction may tell another currency; its entry then is the amount."""
    if len(entry.details) > 1:
        raise FileError(
            "entry_currency",
            where=entry.where,
            found=entry.details[0].currency,
            expected=entry.currency,
        )
    entry.details[0].amount = entry.amount
    entry.details[0].currency = entry.currency
