# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError


class CooperativeCapitalCall(models.Model):
    """Part of a paid instalment came back: it is owed as an instalment of its own."""

    _inherit = "cooperative.capital.call"

    @api.private
    def instalment_given_back(self, day, amount, reason="", move=None):
        """Write down that a part of a paid instalment came back; it is owed again.

        The instalment keeps what stays paid. The part becomes an instalment of its
        own, which has failed: it can be paid, or collected again.

        :param day: civil day on which it came back, a date or ISO text
        :param Decimal amount: more than nothing, less than the instalment
        :param str reason: shown on the part
        :param move: posted account.move that debits the account of called capital,
            when there is one already; otherwise one is made
        :return: cooperative.capital.call, the part
        :raise UserError: when the instalment is not paid, or it is not a part of it
        """
        self.ensure_one()
        self._serialise()
        self._check_moves("failed")
        if self.state != "paid" or not 0 < amount < self._exact_amount():
            raise UserError(
                self.env._(
                    "%(instalment)s: only a part of the %(amount)s paid can come back.",
                    instalment=self.display_name,
                    amount=self.currency_id.format(self.amount),
                )
            )
        part = self._split_off(fields.Date.to_date(day), amount, reason)
        part._take_back_payment(fields.Date.to_date(day), move)
        part._announce("instalment_failed", fields.Date.to_string(part.due_date))
        return part

    def _split_off(self, day, amount, reason):
        """Return a part of the instalment as a failed instalment of its own.

        :param Decimal amount: of the part, taken off this one
        """
        contribution = self.sudo().subscription_id
        siblings = self.sudo().search([("subscription_id", "=", contribution.id)])
        part = self._create_guarded(
            [
                {
                    "membership_id": self.membership_id.id,
                    "company_id": self.company_id.id,
                    "subscription_id": contribution.id,
                    "sequence": max(siblings.mapped("sequence")) + 1,
                    "is_last": self.is_last,
                    "amount": amount,
                    "due_date": day,
                    "called_date": self.called_date,
                    "attempt_count": self.attempt_count,
                    "state": "failed",
                    "failure_reason": reason,
                }
            ]
        )
        self._write_guarded(amount=self._exact_amount() - amount)
        return part
