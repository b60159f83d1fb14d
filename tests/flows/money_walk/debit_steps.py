# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bills, debit runs and mandates."""

from datetime import timedelta
from decimal import Decimal

from .book import DebitNote, cents, exact

NEXT = {
    "proposed": "action_confirm",
    "confirmed": "action_write_file",
    "filed": "action_sent",
}


class DebitSteps:
    """Steps of a walk about bills and what is drawn for them."""

    def step_bill(self, chance):
        """A bill goes out."""
        account = self._some_account(chance)
        days = chance.choice((0, 2, 5, 9))
        return self._send_bill(account, cents(chance, 500, 6000), days)

    def _send_bill(self, account, amount, days):
        """Send a bill that is due some days from now."""
        due_date = self.today + timedelta(days=days)
        bill = self._create_service_bill(account, amount, due_date)
        self.book.charge(self._payer(account), amount)
        return f"{bill.name} {account.code} {amount}"

    def step_credit_note(self, chance):
        """An accountant credits a bill, matched with it or not."""
        bill = self._some_open_bill(self._some_account(chance), chance)
        if not bill:
            return "no bill"
        is_matched = chance.random() < 0.6
        note = self._as("accountant", bill)._reverse_moves(
            [{"date": self.today, "invoice_date": self.today}], cancel=is_matched
        )
        if not is_matched:
            note.action_post()
        self.book.credit(self._payer(bill), exact(note.amount_total))
        return f"{bill.name} {note.amount_total}"

    def step_bill_to_draft(self, chance):
        """An accountant takes a bill back to draft, then drops it or posts it again."""
        bill = self._some_open_bill(self._some_account(chance), chance)
        if not bill:
            return "no bill"
        payer, amount = self._payer(bill), exact(bill.amount_total)
        bill = self._as("accountant", bill)
        bill.button_draft()
        if chance.random() < 0.5:
            bill.button_cancel()
            self.book.credit(payer, amount)
        else:
            bill.action_post()
        return f"{bill.name} {bill.state}"

    def step_propose(self, chance):
        """A billing manager proposes what falls due soon."""
        cutoff = self.today + timedelta(days=chance.randint(0, 12))
        run = self._as("billing_manager", self.Run).create({"cutoff_date": cutoff})
        run.action_propose()
        return f"{run.name} {run.line_count}"

    def step_run(self, chance):
        """An accountant brings a run some steps on, or gives it up."""
        runs = self.env["telecom.debit.run"].search([("state", "in", list(NEXT))])
        if not runs.line_ids:
            runs.action_cancel()
            told = self.step_propose(chance)
            runs = self.env["telecom.debit.run"].search([("state", "=", "proposed")])
            if not runs.line_ids:
                return told
        run = self._as("accountant", chance.choice(runs.filtered("line_ids")))
        run = run.with_context(queue_job__no_delay=True)
        states = [run.state]
        while run.state in NEXT and (len(states) == 1 or chance.random() < 0.7):
            self._bring_on(run, chance)
            states.append(run.state)
        return f"{run.name} {' -> '.join(states)}"

    def _bring_on(self, run, chance):
        """Do what comes next with a run, or one of the other things."""
        before = run.state
        if chance.random() < 0.05:
            run.action_cancel()
        elif before == "confirmed" and chance.random() < 0.1:
            run.action_back_to_review()
        elif before == "proposed" and chance.random() < 0.1:
            run.line_ids[:1]._leave_out("asked for by phone")
        else:
            getattr(run, NEXT[before])()
        if (before, run.state) == ("confirmed", "filed"):
            self._demand("debits_of_held_money", run_id=run.id)
        if before == "filed" and run.state in ("sent", "booked"):
            self._hand_in(run, chance)

    def _hand_in(self, run, chance):
        """Give the files of a run to the bank, and write down what it draws."""
        self.bank.settings.reject_share = chance.choice((0, 0, 0.3))
        in_file = Decimal(0)
        for order in run.order_ids.filtered("payment_file_id"):
            answer = self.bank.take_order(order.payment_file_id.raw)
            assert answer["status"] != "RJCT", answer
            taken = self.bank.orders[answer["message_id"]]
            for batch in taken.batches:
                self._note_batch(run, batch)
            in_file += sum((one.amount for one in taken.debits), Decimal(0))
        assert in_file == exact(run.amount_total), "the run's total is not its file's"
        if self.company.telecom_debit_booking == "sent":
            self.book.book_debits()

    def _note_batch(self, run, batch):
        for debit in batch.debits:
            line = run.line_ids.filtered(
                lambda one, d=debit: one.name == d.end_to_end_id
            )
            bill = line.debit_move_id
            open_twice = [
                name
                for name, note in self.book.debits.items()
                if note.bill == bill.id and not note.is_booked
            ]
            assert not open_twice, f"{bill.name} is drawn by {open_twice} already"
            note = DebitNote(self._payer(bill), bill.id, debit.amount, batch.day)
            self.book.note_debit(debit.end_to_end_id, note)

    def step_mandate(self, chance):
        """An account gets another IBAN, or its mandate ends, or it signs one."""
        account = self._as("agent", self._some_account(chance))
        mandate = account.sudo().mandate_ids.filtered(lambda one: one.state == "valid")
        kind = chance.choice(("amend", "stop", "sign", "block", "method"))
        if kind == "amend":
            account.partner_bank_id = self._next_bank_account(account.sudo().partner_id)
        elif kind == "stop":
            mandate._stop("asked for by phone")
        elif kind == "sign" and not mandate:
            self._create_mandate(account.sudo(), signature_date=self.today)
        elif kind == "block":
            account.is_debit_blocked = not account.is_debit_blocked
        elif kind == "method":
            is_debit = account.collection_method == "direct_debit"
            account.collection_method = "transfer" if is_debit else "direct_debit"
        return f"{kind} {account.code}"
