# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Money that comes singly: bank apps, cards, by hand; and money that is paid back."""

import re

from bank_simulator.model import Part

from odoo.addons.somconnexio_payments.gateway_protocols.messages import Call

from .book import cents, exact


class PaySteps:
    """Steps of a walk about payments and refunds."""

    def _ask_app(self, **values):
        """Return the bank app's answer, in OSMP, to a call."""
        query = "&".join(f"{name}={value}" for name, value in values.items())
        gateway = self.env["telecom.payment.gateway"]._by_slug(self.gateway.slug)
        return gateway._answer(gateway._understand(Call("GET", query))).body.decode()

    def _told_owed(self, answer):
        """Return the sum that an answer to a check tells, as text."""
        found = re.search(r'name="balance"[^>]*>([^<]+)<', answer)
        return found and found[1]

    def step_app_pays(self, chance):
        """Somebody pays in a bank's app, which may tell it twice, or once wrongly."""
        account = self._some_account(chance)
        number = f"7{chance.randrange(10**8):08d}"
        answer = self._ask_app(command="check", txn_id=number, account=account.code)
        owed = self._told_owed(answer)
        amount = owed if owed and chance.random() < 0.5 else cents(chance, 200, 5000)
        told = {"command": "pay", "txn_id": number, "account": account.code}
        told |= {"sum": amount, "txn_date": f"{self.today:%Y%m%d}110000"}
        answer = self._ask_app(**told)
        assert self._ask_app(**told) == answer, "the same call, another answer"
        if "<result>0</result>" not in answer:
            return f"refused {amount}: {answer[-80:]}"
        wrong = self._ask_app(**told | {"sum": exact(amount) + 1})
        assert "<result>0</result>" not in wrong, "one number paid two sums"
        self.book.credit(self._payer(account), exact(amount))
        if chance.random() < 0.15:
            return self._app_cancels(number, account, amount)
        days = chance.randint(1, 3)
        self._plan(Part(exact(amount), text=number), ("receipt", number), days=days)
        return f"{account.code} {amount} {number}"

    def _app_cancels(self, number, account, amount):
        """The bank takes a payment in its app back, on the same day."""
        answer = self._ask_app(command="cancel", txn_id=number)
        assert "<result>0</result>" in answer, answer
        assert self._ask_app(command="cancel", txn_id=number) == answer
        self.book.charge(self._payer(account), exact(amount))
        return f"{account.code} {amount} {number} and cancelled"

    def step_card(self, chance):
        """Somebody pays by the link; the provider tells it late, twice, or not."""
        account = self._some_account(chance)
        record = self._some_open_bill(account, chance) or account
        if not record._online_debt().items:
            return "nothing to pay online"
        reference = f"CARD{chance.randrange(10**8):08d}"
        card = self._begin(record, reference=reference)
        messages = chance.choice(("done", "canceled done", "done done", "canceled"))
        for message in messages.split():
            self._tell(card, message)
        if card.state != "done":
            return f"{reference} {card.state}"
        amount = exact(card.amount)
        self.book.credit(self._payer(account), amount)
        self._plan(Part(amount, text=reference), ("receipt", reference), days=2)
        return f"{account.code} {amount} {reference}"

    def step_hand_payment(self, chance):
        """An accountant writes down money that came over the counter of the bank."""
        bill = self._some_open_bill(self._some_account(chance), chance)
        if not bill:
            return "no bill"
        amount = cents(chance, 100, 3000)
        reference = f"HAND{chance.randrange(10**8):08d}"
        register = self._as("accountant", self.env["account.payment.register"])
        register = register.with_context(
            active_model="account.move", active_ids=bill.ids
        )
        vals = {"journal_id": self.bank_journal.id, "amount": float(amount)}
        wizard = register.create({**vals, "communication": reference})
        wizard.action_create_payments()
        self.book.credit(self._payer(bill), amount)
        self._plan(Part(amount, text=reference), ("receipt", reference), days=1)
        return f"{bill.name} {amount} {reference}"

    def step_unreconcile(self, chance):
        """An accountant takes a payment off the bill that it paid."""
        partials = self._matched_bills()
        if not partials:
            return "nothing matched"
        partial = self._as("accountant", chance.choice(partials))
        bill = partial.debit_move_id.move_id
        bill.js_remove_outstanding_partial(partial.id)
        return f"{bill.name} {partial.amount if partial.exists() else ''}"

    def _matched_bills(self):
        """Return what bills are paid with: money and credit notes, not debits."""
        return self.env["account.partial.reconcile"].search(
            [
                ("debit_move_id.move_id.move_type", "=", "out_invoice"),
                ("debit_move_id.partner_id", "in", self.payers.ids),
                ("credit_move_id.payment_id", "!=", False),
            ],
            order="id",
        )

    def step_reconcile(self, chance):
        """An accountant puts credit of a payer on an open bill."""
        account = self._some_account(chance)
        bill = self._some_open_bill(account, chance)
        credit = account._free_credit_items()
        if not (bill and credit):
            return "no credit"
        self._as("accountant", bill).js_assign_outstanding_line(credit[0].id)
        return f"{bill.name} {credit[0].amount_residual}"

    def step_refund(self, chance):
        """An accountant writes refunds down, another approves, one orders and sends."""
        refunds = self.env["telecom.refund"].search(
            [("state", "in", ("draft", "approved", "ordered", "failed"))]
        )
        if not refunds or chance.random() < 0.4:
            credited = self.accounts.filtered(lambda one: one._free_credit_items())
            if not credited:
                return "no credit"
            account = self._as("accountant", chance.choice(credited))
            account.action_refund_credit()
            return f"{account.code} {account.telecom_refund_ids[:1].amount}"
        refund = chance.choice(refunds)
        return getattr(self, f"_refund_{refund.state}")(refund, chance)

    def _refund_draft(self, refund, chance):
        if chance.random() < 0.2:
            self._as("second", refund).action_cancel()
        else:
            refund.is_iban_confirmed = True
            self._as("second", refund).action_approve()
        return f"{refund.name} {refund.state}"

    def _refund_failed(self, refund, _chance):
        self._as("accountant", refund).action_back_to_draft()
        return f"{refund.name} {refund.state}"

    def _refund_approved(self, refund, chance):
        if chance.random() < 0.2:
            self._as("accountant", refund).action_back_to_draft()
        else:
            self._as("accountant", refund).action_order()
        return f"{refund.name} {refund.state}"

    def _refund_ordered(self, refund, chance):
        """Send the transfer; sometimes the bank brings it back some days later."""
        order = self._as("accountant", refund.order_id)
        if chance.random() < 0.2:
            order.action_cancel()
            return f"{refund.name} {refund.state}"
        order.generated2uploaded()
        self.book.charge(refund.partner_id.id, exact(refund.amount))
        answer = self.bank.take_order(order.payment_file_id.raw)
        assert answer["status"] == "ACCP", answer
        if chance.random() < 0.3:
            part = Part(exact(refund.amount), refund.name, reason="AC04")
            purpose = ("back", refund.partner_id.id, refund.name)
            self._plan(part, purpose, days=4)
        return f"{refund.name} {refund.state}"

    def _money_of_back(self, part, purpose, _paid):
        """A refund came back: it is credit again."""
        assert part.state == "matched", f"{purpose} {part.reason}: it is our transfer"
        self.book.credit(purpose[1], exact(part.amount))
