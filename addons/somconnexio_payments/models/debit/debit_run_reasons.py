# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Why something cannot be debited, beyond what one statement sees."""

from decimal import Decimal

from odoo import api, models

from ... import sql_steps
from ...sepa import messages, rules
from ...sepa.address import structured


class TelecomDebitRun(models.Model):
    _inherit = "telecom.debit.run"

    @api.model
    def _held_back(self):
        """Return what keeps bills from being debited, as (reason, domain of bills).

        Other areas extend it; reasons are codes of ``telecom.debit.left.out``. Parts
        that a plan has asked for are debited all the same.

        :return: list of (str, domain of account.move)
        """
        plans = self.env["telecom.payment.plan"].sudo()
        agreed = plans.search([("state", "=", "agreed")])
        return [
            ("payment_plan", [("id", "in", agreed.bill_ids.ids)]),
        ]

    def _find_reasons(self):
        """Note the reasons that other areas and the rules of the scheme give."""
        for reason, domain in self._held_back():
            self._note_held_back(reason, domain)
        found = list(self._broken_rules())
        if found:
            self._note_reasons(*zip(*found, strict=True))

    def _note_held_back(self, reason, domain):
        """Note a reason for the candidates whose bill is within a domain."""
        rows = self._rows("18_list_candidate_bills")
        move_ids = [row["move_id"] for row in rows]
        bills = self.env["account.move"].search([("id", "in", move_ids), *domain])
        held = set(bills.ids)
        ids = [row["id"] for row in rows if row["move_id"] in held]
        self._note_reasons(ids, [reason] * len(ids), [None] * len(ids))

    def _note_reasons(self, candidate_ids, reasons, details):
        """Note reasons of candidates, parallel lists."""
        self._sql(
            "18_set_found_reasons",
            candidate_ids=list(candidate_ids),
            reasons=list(reasons),
            details=list(details),
        )

    def _broken_rules(self):
        """Yield (candidate, reason, detail) of the debits that no bank would take."""
        self.env.flush_all()
        for row in sql_steps.stream(self.env, "debit/19_stream_candidates"):
            candidate_id, debit = row[0], _as_debit(*row[1:])
            if problems := rules.debit_problems(debit):
                yield candidate_id, problems[0], ", ".join(problems[1:]) or None


def _as_debit(
    amount, reference, signed, iban, name, street, street2, zip_code, town, country
):
    """Return a candidate as the file would tell it."""
    return messages.Debit(
        end_to_end_id="CHECKED-LATER",
        amount=Decimal(amount),
        mandate=messages.Mandate(reference, signed),
        debtor=messages.Account(
            name or "",
            iban or "",
            address=structured(street, street2, zip_code, town, country),
        ),
        remittance="",
    )
