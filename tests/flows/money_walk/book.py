# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Plain bookkeeping beside the product: what each payer owes, by what happened."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal


@dataclass
class DebitNote:
    """A debit as its file told it to the bank."""

    payer: int
    bill: int
    amount: Decimal
    day: object
    is_booked: bool = False
    is_told_back: bool = False
    is_back: bool = False


class Book:
    """What each payer owes, in euros; below zero is credit.

    Written from the meaning of what happens, and never from the product's tables.

    :ivar owed: payer's id -> Decimal
    :ivar debits: EndToEndId -> DebitNote
    """

    def __init__(self):
        self.owed = defaultdict(Decimal)
        self.debits = {}
        self.moneys = {}

    def charge(self, payer, amount):
        """A bill, a fee, money that was given back."""
        self.owed[payer] += amount

    def credit(self, payer, amount):
        """Money that came, a credit note."""
        self.owed[payer] -= amount

    def note_debit(self, end_to_end_id, note):
        """The bank has the file with a debit; nothing is booked yet."""
        self.debits[end_to_end_id] = note

    def book_debits(self, until=None):
        """Debits count as paid: all, or those of days until one."""
        for note in self.debits.values():
            if not note.is_booked and (until is None or note.day <= until):
                note.is_booked = True
                self.credit(note.payer, note.amount)

    def forget_debits(self, end_to_end_ids):
        """The bank refused a file as a whole."""
        for name in end_to_end_ids:
            note = self.debits.pop(name)
            if note.is_booked and not note.is_back:
                self.charge(note.payer, note.amount)

    def tell_back(self, end_to_end_id):
        """The bank has told that a debit came back."""
        self.debits[end_to_end_id].is_told_back = True

    def settle_returns(self):
        """What came back is owed again, once its debit was booked.

        :return: EndToEndIds of those that are owed again now
        """
        now = [
            name
            for name, note in self.debits.items()
            if note.is_told_back and note.is_booked and not note.is_back
        ]
        for name in now:
            note = self.debits[name]
            note.is_back = True
            self.charge(note.payer, note.amount)
        return now


def exact(amount):
    """Return an amount of euros in cents, exactly."""
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def cents(chance, least, most):
    """Return an amount of euros by chance, the bounds being cents."""
    return Decimal(chance.randint(least, most)).scaleb(-2)
