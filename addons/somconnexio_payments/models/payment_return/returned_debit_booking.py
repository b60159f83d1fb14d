# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Returns as OCA's records, confirmed as a set.

OCA confirms a return line by line, each with its own entry line, unreconciliation and
reconciliation. Here one entry holds all returns of a bank and day, reconciliations are
undone and made in one go each, and the money that the bank takes back is one line per
return on the account where it was expected, so that the statement settles it.
"""

from odoo import Command, models

from ... import sql_steps


class TelecomReturnedDebit(models.Model):
    _inherit = "telecom.returned.debit"

    def _book(self):
        """Open the bills of returned debits again; what cannot be booked yet waits.

        :return: the returns that have been booked now
        """
        self.env.flush_all()
        if not self:
            return self
        sql_steps.run(self.env, "payment_return/20_find_debits", returned_ids=self.ids)
        self.env.invalidate_all(flush=False)
        ready = self.filtered(
            lambda one: one.state == "waiting" and not one.waiting_reason
        )
        ready.credit_line_id.sudo().lock_for_update(allow_referencing=True)
        for (journal, day), some in ready.grouped(
            lambda one: (one.journal_id, one.day)
        ).items():
            some._book_day(journal, day)
        return ready

    def _book_day(self, journal, day):
        """Make OCA's return of one bank and day, and confirm it."""
        returned = self.with_company(journal.company_id).with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        oca_return = returned.env["payment.return"].create(
            {
                "journal_id": journal.id,
                "date": day,
                "company_id": journal.company_id.id,
                "line_ids": [Command.create(one._oca_line_vals()) for one in returned],
            }
        )
        for one, line in zip(returned, oca_return.line_ids, strict=True):
            one.return_line_id = line
        returned._confirm(oca_return)
        self.write({"state": "booked", "waiting_reason": False})

    def _oca_line_vals(self):
        return {
            "reference": self.end_to_end_reference,
            "bank_reference": self.bank_reference,
            "debit_line_id": self.payment_line_id.id,
            "date": self.day,
            "amount": self.amount,
            "reason_id": self.rule_id._oca_reason().id,
            "reason_additional_information": self.reason_text,
            "partner_id": self.partner_id.id,
            "partner_name": self.partner_id.name,
            "move_line_ids": [Command.set(self.credit_line_id.ids)],
        }

    def _confirm(self, oca_return):
        """Do for all lines what OCA's button does line by line.

        The bills' items are those that the booked debits had paid.
        """
        credits = self.credit_line_id
        paid = {item: item.matched_debit_ids.debit_move_id for item in credits}
        move = self.env["account.move"].create(self._entry_vals(oca_return))
        move._post(soft=False)
        credits.remove_move_reconcile()
        own = move.line_ids.filtered(lambda item: item.debit).sorted("id")
        pairs = list(zip(self, own, strict=True))
        self.env["account.move.line"]._reconcile_plan(
            [one.credit_line_id | item for one, item in pairs]
        )
        self._note_origin(paid)
        bills = self.bill_id
        bills.write({"returned_payment": True})
        oca_return.write({"state": "done", "move_id": move.id})
        self._tell_capital(oca_return.date, move)

    def _entry_vals(self, oca_return):
        """Return the entry: what each payer owes again, and what the bank took."""
        lines = []
        for one in self:
            item = one.credit_line_id
            common = {
                "name": one.end_to_end_reference,
                "partner_id": item.partner_id.id,
            }
            lines.append(
                {
                    **common,
                    "account_id": item.account_id.id,
                    "debit": one.amount,
                    "credit": 0,
                }
            )
        lines += [
            {
                "name": one.end_to_end_reference,
                "partner_id": one.credit_line_id.partner_id.id,
                "account_id": one._expected_account().id,
                "debit": 0,
                "credit": one.amount,
            }
            for one in self
        ]
        return {
            **oca_return._prepare_return_move_vals(),
            "line_ids": [Command.create(vals) for vals in lines],
        }

    def _expected_account(self):
        """Return the account on which the debit's money was expected."""
        entry = self.credit_line_id.move_id
        expected = entry.line_ids.filtered(
            lambda item: (
                item.debit and item.account_id != self.credit_line_id.account_id
            )
        )
        return expected[:1].account_id

    def _note_origin(self, paid):
        """Link OCA's reconciliations with the bills' items, for its screens."""
        rows = [
            (partial.id, item.id)
            for one in self
            for partial in one.credit_line_id.matched_debit_ids
            for item in paid[one.credit_line_id]
        ]
        if rows:
            sql_steps.run(
                self.env,
                "payment_return/30_link_origin",
                partial_ids=[row[0] for row in rows],
                item_ids=[row[1] for row in rows],
            )
            self.env.invalidate_all()

    def _tell_capital(self, day, move):
        """Instalments of share capital whose debit came back have failed."""
        for one in self:
            if one.payment_line_id.capital_call_id:
                one.payment_line_id._debit_returned(day, one.reason_code, move)
