# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class ContractLine(models.Model):
    """What bills have charged of a line, and what came with it."""

    _inherit = "contract.line"

    def _billed_rows(self):
        """Return the rows of bills that charge these lines and are in force.

        Whoever may change a line must know of its bills, also without the right to
        see them; hence the superuser.
        """
        return (
            self.env["telecom.bill.run.line"]
            .sudo()
            .search(
                [
                    ("contract_line_id", "in", self.ids),
                    ("is_void", "!=", True),
                    ("run_account_id.move_id", "!=", False),
                    ("run_account_id.state", "!=", "cancelled"),
                ]
            )
        )

    def _billed_until(self):
        """Override of ``somconnexio_base``: after the last day on a bill."""
        days = self._billed_rows().mapped("period_to")
        return max(days) if days else super()._billed_until()

    def _give_back(self, day):
        """Override of ``somconnexio_base``: what is on a bill, the next one gives back.

        The right to withdraw the subscription has been checked; the adjustment only
        follows from it, hence the superuser.
        """
        rows = self._billed_rows()
        others = self - rows.contract_line_id
        result = super(ContractLine, others)._give_back(day)
        rows._compensate({row.id: row.amount_untaxed for row in rows}, day)
        return result

    def _take_back_inclusions(self):
        """Override of ``somconnexio_base``: what a bond gave, unless it was used.

        The right to undo the purchase has been checked, hence the superuser.
        """
        Grant = self.env["telecom.allowance.grant"].sudo()
        Grant.search([("contract_line_id", "in", self.ids)]).unlink()
        return super()._take_back_inclusions()


class TelecomBillRunLine(models.Model):
    _inherit = "telecom.bill.run.line"

    def _compensate(self, amounts, day):
        """Let the next bill give back amounts of rows of bills.

        :param dict amounts: row id -> amount without tax to give back
        :param date day: civil day of the withdrawal
        """
        self.env["telecom.bill.adjustment"].sudo().create(
            [
                {
                    "name": row.name,
                    "kind": "compensation",
                    "subscription_id": row.subscription_id.id,
                    "billing_account_id": row.billing_account_id.id,
                    "product_id": row.product_id.id,
                    "amount_untaxed": -amounts[row.id],
                    "effective_date": day,
                    "operation_id": self.env.context.get("telecom_operation_id"),
                    "note": self.env._("Withdrawal on %s", fields.Date.to_string(day)),
                }
                for row in self
                if amounts[row.id]
            ]
        )
