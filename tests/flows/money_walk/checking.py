# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What must hold after each step, by SQL and sums of its own: never by the product."""

from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "rules"
ALWAYS = (
    "entries_unbalanced",
    "bills_out_of_range",
    "bills_debited_twice",
    "money_booked_twice",
    "receipts_booked_twice",
    "services_withheld_wrongly",
    "paid_but_withheld",
)
#: What the run of the night brings in line.
IN_THE_MORNING = ("cases_out_of_line", "credit_beside_debt")
OWED = """
    select item.partner_id, sum(item.balance)::text, sum(item.amount_residual)::text
    from account_move_line as item
    inner join account_account as account on item.account_id = account.id
    where account.account_type = 'asset_receivable'
      and item.parent_state = 'posted' and item.company_id = %s
    group by item.partner_id
"""


class Fault(AssertionError):
    """Something does not add up.

    :ivar str rule: which rule is broken; by it a walk is cut short
    """

    def __init__(self, rule, text):
        super().__init__(f"{rule}: {text}")
        self.rule = rule


class Checking:
    """Add to a walker with ``env``, ``company``, ``book`` and ``today``."""

    def _rows(self, name, **params):
        """Return the rows of a rule as dictionaries."""
        self.env.flush_all()
        given = {"company_id": self.company.id, "day": self.today, **params}
        self.env.cr.execute((FOLDER / f"{name}.sql").read_text(), given)
        return self.env.cr.dictfetchall()

    def _demand(self, name, **params):
        """Raise when a rule returns rows.

        :raise Fault: naming the first of them
        """
        if rows := self._rows(name, **params):
            raise Fault(name, f"{len(rows)} rows, such as {rows[0]}")

    def check(self):
        """Raise for the first rule that does not hold."""
        for name in ALWAYS:
            self._demand(name, reason_id=self.reason_suspend.id)
        self._check_owed()

    def check_morning(self):
        """Raise for what the run of the night has left out of line."""
        for name in IN_THE_MORNING:
            self._demand(name)

    def _check_owed(self):
        """Compare the ledger of each payer with the book."""
        self.env.flush_all()
        self.env.cr.execute(OWED, [self.company.id])
        ledger = {
            payer: tuple(map(Decimal, sums)) for payer, *sums in self.env.cr.fetchall()
        }
        nothing = (Decimal(0), Decimal(0))
        for payer in self.payers:
            balance, open_sum = ledger.pop(payer.id, nothing)
            told = self.book.owed[payer.id]
            if balance != told:
                text = f"{payer.name} owes {balance}, by the book {told}"
                raise Fault("ledger_is_not_the_book", text)
            if open_sum != balance:
                text = f"{payer.name} owes {balance}, open items are {open_sum}"
                raise Fault("open_items_are_not_the_balance", text)
        if others := {payer: sums for payer, sums in ledger.items() if any(sums)}:
            raise Fault("money_of_nobody", str(others))
