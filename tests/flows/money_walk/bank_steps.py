# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the bank does, and its files as an accountant takes them."""

from datetime import timedelta
from decimal import Decimal

from bank_simulator.bank import Bank
from bank_simulator.model import Movement, Part

from .book import cents, exact

_RETURN = "PMNT/RDDT/UPDD"
_TRANSFER = "PMNT/RCDT/ESCT"
REASONS = ("AM04", "MS02", "MD06", "AC04", "MD01", "AC06", "AM05", "MD07", "XX99")


class WalkBank(Bank):
    """The simulated bank, which also does what a walk tells it and remembers why.

    :ivar dict purposes: the bank's reference of a movement -> what it is for
    """

    def __init__(self, today, seed):
        super().__init__(today, seed)
        self.purposes = {}
        self.settings.return_share = 0.25
        self.settings.return_codes = dict.fromkeys(REASONS, 1)

    def plan_money(self, iban, day, part, purpose, code=_TRANSFER, is_reversal=False):
        """Let one movement happen on a day to come."""
        self.planned[max(day, self.today)].append(
            ("money", iban, part, purpose, code, is_reversal)
        )

    def _do_money(self, movements, iban, part, purpose, code, is_reversal):
        movement = Movement(
            self.today, part.amount, code, f"{self.number('entry'):010d}", [part]
        )
        movement.is_reversal = is_reversal
        self.purposes[movement.bank_reference] = purpose
        movements[iban].append(movement)

    def settled(self):
        """Return {EndToEndId: (batch, debit)} of what was drawn and stays so."""
        back = {row["end_to_end_id"] for row in self.truth if row["what"] == "returned"}
        drawn = {row["end_to_end_id"] for row in self.truth if row["what"] == "settled"}
        planned = {
            plan[2].end_to_end_id
            for plans in self.planned.values()
            for plan in plans
            if plan[0] == "return"
        }
        return {
            debit.end_to_end_id: (batch, debit)
            for order in self.orders.values()
            for batch in order.batches
            for debit in batch.debits
            if debit.end_to_end_id in drawn - back - planned
        }


class BankSteps:
    """Steps of a walk about the bank."""

    def step_return(self, chance):
        """A payer's bank takes a debit back."""
        settled = self.bank.settled()
        if not settled:
            return "nothing to return"
        name = chance.choice(sorted(settled))
        batch, debit = settled[name]
        code = chance.choice(REASONS)
        plan = ("return", batch, debit, code)
        self.bank.planned[self.bank.today].append(plan)
        return f"{name} {code}"

    def step_return_is_taken_back(self, chance):
        """The bank takes back a return: the debit stands after all."""
        back = [
            name
            for name, note in self.book.debits.items()
            if note.is_back and name not in self.taken_back
        ]
        if not back:
            return "nothing came back"
        name = chance.choice(back)
        self.taken_back.add(name)
        note = self.book.debits[name]
        part = Part(note.amount, name)
        self._plan(part, ("reversal", note.payer, name), _RETURN, is_reversal=True)
        return name

    def step_transfer(self, chance):
        """Somebody pays by transfer, with a good reference or a bad one."""
        account = self._some_account(chance)
        bill = self._some_open_bill(account, chance)
        kind = chance.choice(
            ("bill", "bill", "part", "more", "account", "bad", "twice")
        )
        if not bill or kind == "account":
            text, amount = account.code, cents(chance, 500, 6000)
        else:
            text, amount = bill.name, exact(bill.amount_residual)
        amount += {"part": -min(amount / 2, 1), "more": Decimal("7.77")}.get(kind, 0)
        amount = amount.quantize(Decimal("0.01"))
        if kind == "bad":
            text = "thank you"
        for _time in range(2 if kind == "twice" else 1):
            self._plan(
                Part(amount, text=text), ("transfer", self._payer(account), text)
            )
        return f"{kind} {text} {amount}"

    def _plan(self, part, purpose, code=_TRANSFER, days=0, **vals):
        """Let money move at the cooperative's bank, some days from now."""
        day = self.bank.today + timedelta(days=days)
        self.bank.plan_money(self.iban, day, part, purpose, code, **vals)

    def step_take_files(self, chance):
        """An accountant books what the bank has published, some of it twice."""
        new = self.bank.files[self.taken_count :]
        self.taken_count = len(self.bank.files)
        if new and chance.random() < 0.3:
            new = new + [chance.choice(self.bank.files)]
        for file in new:
            self._take_file(file)
        return f"{len(new)} files"

    def _take_file(self, told):
        """Receive and book one file, and write the book by what it tells."""
        File = self._as("accountant", self.env["telecom.bank.file"])
        known = self.env["telecom.bank.file"].search([]).ids
        file = File.receive(told["content"], told["name"])
        if file.id in known:
            return
        assert file.state == "checked", file.error_message
        paid = self._paid_bill_names()
        fees = self._fee_bills()
        rejected = self.env["telecom.debit.run"].search([("state", "=", "rejected")])
        file.book()
        self._write_down_returns(file)
        self._write_down_money(file, paid)
        self._write_down_fees(fees)
        self._write_down_rejected(rejected)

    def _paid_bill_names(self):
        """Return the names of bills of which nothing is open."""
        bills = self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("state", "=", "posted")]
        )
        return {bill.name for bill in bills if not bill.amount_residual}

    def _fee_bills(self):
        fee = self.env["telecom.return.rule"]._of("MS02").fee_product_id
        return (
            self.env["account.move.line"].search([("product_id", "=", fee.id)]).move_id
        )

    def _write_down_fees(self, before):
        for bill in self._fee_bills() - before:
            self.book.charge(bill.partner_id.id, exact(bill.amount_total))

    def _write_down_returns(self, file):
        """What came back by this file is owed again."""
        told = {
            row["end_to_end_id"]
            for row in self.bank.truth
            if row["what"] in ("returned", "rejected")
        }
        named = set(
            self.env["telecom.returned.debit"]
            .search([("file_id", "=", file.id)])
            .mapped("end_to_end_reference")
        )
        assert named <= told, "a return of nothing that the bank has returned"
        for name in named & self.book.debits.keys():
            self.book.tell_back(name)
        self.book.settle_returns()

    def _write_down_rejected(self, before):
        """The bank's answer has taken a run back as a whole."""
        runs = self.env["telecom.debit.run"].search([("state", "=", "rejected")])
        for run in runs - before:
            names = [n for n in run.line_ids.mapped("name") if n in self.book.debits]
            self.book.forget_debits(names)

    def _write_down_money(self, file, paid):
        """Money in a statement is the payer's if its reference is good."""
        parts = self.env["telecom.bank.transaction"].search(
            [("booking_file_id", "=", file.id)]
        )
        for part in parts:
            reference = (part.entry_id.bank_reference or "").lstrip("0").zfill(10)
            purpose = self.bank.purposes.get(reference)
            if purpose and part.entry_id.statement_line_id:
                getattr(self, f"_money_of_{purpose[0]}")(part, purpose, paid)

    def _money_of_transfer(self, part, purpose, paid):
        """A transfer is the payer's, unless nobody can know what it is for."""
        _kind, payer, text = purpose
        if part.state == "matched":
            assert text != "thank you", "money of nobody was given to somebody"
            self.book.credit(payer, exact(part.amount))
        else:
            known = text not in paid and text != "thank you"
            is_open = not known or text not in self._posted_names()
            assert is_open, f"{text} {part.reason}: it is open and its number was told"
            self.unknown_moneys[part.id] = payer

    def _posted_names(self):
        bills = self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("state", "=", "posted")]
        )
        return set(bills.mapped("name")) | set(self.accounts.mapped("code"))

    def _money_of_reversal(self, part, purpose, _paid):
        _kind, payer, _name = purpose
        if part.state == "matched":
            self.book.credit(payer, exact(part.amount))
        else:
            self.unknown_moneys[part.id] = payer

    def _money_of_receipt(self, part, purpose, _paid):
        """Money that a bank's app or a card company told of before."""
        assert part.state == "matched", f"{purpose} {part.reason}: it was told before"

    def _money_of_refund(self, part, purpose, _paid):
        assert part.state == "matched", f"{purpose} {part.reason}: it is our transfer"

    def step_allocate(self, chance):
        """An accountant gives money that no rule could place to its payer."""
        waiting = (
            self.env["telecom.bank.transaction"]
            .browse(self.unknown_moneys)
            .filtered(lambda part: part.state == "exception")
        )
        if not waiting:
            return "nothing waits"
        return self._allocate(chance.choice(waiting))

    def _allocate(self, part):
        """Put the money of one exception on its payer's account, by OCA's screen."""
        payer = self.env["res.partner"].browse(self.unknown_moneys.pop(part.id))
        line = self._as("accountant", part.statement_line_id)
        items = self.env["account.move.line"].search(
            [
                ("partner_id", "=", payer.id),
                ("account_id", "=", self.account_receivable.id),
                ("parent_state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            limit=1,
        )
        if items:
            line._add_account_move_line(items)
        line = self._settle_rest(line, payer)
        line.reconcile_bank_line()
        self.book.credit(payer.id, exact(part.amount))
        return f"{part.amount} to {payer.name}"

    def _settle_rest(self, line, payer):
        """Let what is left of a statement line be credit of a payer."""
        for row in line.reconcile_data_info["data"]:
            if row["kind"] == "suspense":
                line.manual_reference = row["reference"]
                line._onchange_manual_reconcile_reference()
                line.manual_account_id = self.account_receivable
                line.manual_partner_id = payer
                line._onchange_manual_reconcile_vals()
        return line
