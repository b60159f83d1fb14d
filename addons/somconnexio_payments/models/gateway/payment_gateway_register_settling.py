# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Differences that settle themselves: later registers and calls explain most."""

from odoo import models


class TelecomPaymentGatewayRegister(models.Model):
    _inherit = "telecom.payment.gateway.register"

    def _settle_earlier(self):
        """Close what earlier registers left open of the payments compared here.

        Banks end their day some minutes before or after ours, and send a file again
        after putting it right: the latest comparison of a payment is what counts.
        """
        self.ensure_one()
        compared = self.line_ids.mapped("transaction_id")
        earlier = self.env["telecom.payment.gateway.register.line"].search(
            [
                ("gateway_id", "=", self.gateway_id.id),
                ("register_id", "!=", self.id),
                ("state", "=", "open"),
                ("transaction_id", "in", compared),
            ]
        )
        earlier._settle_by(self.env._("Compared again in the register of %s", self.day))


class TelecomPaymentGatewayRegisterLine(models.Model):
    _inherit = "telecom.payment.gateway.register.line"

    def _settle_by(self, how):
        """Close differences that have explained themselves; notes of people stay."""
        for note, lines in self.grouped("note").items():
            lines.write({"state": "done", "note": f"{note}; {how}" if note else how})


class TelecomPaymentGatewayTransaction(models.Model):
    _inherit = "telecom.payment.gateway.transaction"

    def _settle_told(self):
        """Put right what a register said was missing here, now that the bank told it.

        With another amount the difference stays open, and says so.
        """
        lines = self._open_register_lines("missing_here")
        for line in lines:
            is_equal = line.currency_id.compare_amounts(line.bank_amount, self.amount)
            line.write(
                {
                    "transaction_ref_id": self.id,
                    "our_amount": self.amount,
                    "verdict": "amount_differs" if is_equal else "equal",
                }
            )
        equal = lines.filtered(lambda line: line.verdict == "equal")
        equal._settle_by(self.env._("Told by the bank later"))
        if lines:
            self.register_state = lines[0].verdict

    def _settle_cancelled(self):
        """Close what a register missed at the bank, which has cancelled it."""
        lines = self._open_register_lines("missing_there")
        lines._settle_by(self.env._("Cancelled by the bank"))

    def _open_register_lines(self, verdict):
        return self.env["telecom.payment.gateway.register.line"].search(
            [
                ("gateway_id", "=", self.gateway_id.id),
                ("transaction_id", "=", self.transaction_id),
                ("verdict", "=", verdict),
                ("state", "=", "open"),
            ]
        )
