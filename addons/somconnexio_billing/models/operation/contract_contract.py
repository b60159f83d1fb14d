# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps


class ContractContract(models.Model):
    """What bills and allowances do when a subscription changes."""

    _inherit = "contract.contract"

    @api.private
    def buy_one_shot(self, product, date, quantity=1):
        """Override of ``somconnexio_base`` to give what the bond includes."""
        lines = super().buy_one_shot(product, date, quantity)
        allowances = self.env["telecom.allowance"].search(
            [
                ("product_tmpl_id", "=", product.product_tmpl_id.id),
                ("is_one_shot", "=", True),
            ]
        )
        # The right to charge the bond has been checked; what it gives follows.
        self.env["telecom.allowance.grant"].sudo().create(
            [
                {
                    "subscription_id": line.contract_id.id,
                    "allowance_id": allowance.id,
                    "contract_line_id": line.id,
                    "valid_from_at": line._inclusion_start_at(),
                }
                for line in lines
                for allowance in allowances
                for _number in range(int(line.quantity))
            ]
        )
        return lines

    def _give_back_on_withdrawal(self, day):
        """Override of ``somconnexio_base``: of months paid whole, the days not used.

        What is not billed yet is billed by the days (``telecom_fee_convention``), and
        days paid in advance come back by themselves.
        """
        result = super()._give_back_on_withdrawal(day)
        self.env.flush_all()
        surplus = sql_steps.fetch(
            self.env,
            "50a_list_withdrawn_fees",
            subscription_ids=self.ids,
            last_day=day,
            digits=self.company_id.currency_id.decimal_places,
        )
        amounts = {row["fee_id"]: row["amount"] for row in surplus}
        fees = self.env["telecom.bill.run.line"].sudo().browse(amounts)
        fees._compensate(amounts, day)
        return result

    @api.private
    def move_to_account(self, account):
        """Override of ``somconnexio_base``: what waits for the next bill goes along.

        The right to move the subscription has been checked, hence the superuser.
        """
        result = super().move_to_account(account)
        waiting = (
            self.env["telecom.bill.adjustment"]
            .sudo()
            .search([("subscription_id", "in", self.ids), ("state", "=", "open")])
        )
        waiting.filtered(lambda own: not own.bill_id).billing_account_id = account
        return result


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _inclusion_start_at(self):
        """Return the UTC instant from which what the line includes can be used."""
        company = self.contract_id.company_id
        if self.date_start == company._telecom_today():
            return fields.Datetime.now()
        return company._telecom_day_start_at(self.date_start)
