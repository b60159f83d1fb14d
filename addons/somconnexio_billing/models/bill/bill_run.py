# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def action_preview_bill_pdf(self):
        """Open the run's largest bill: the one that shows most of the template."""
        self.ensure_one()
        account = self.env["telecom.bill.run.account"].search(
            [("run_id", "=", self.id), ("state", "not in", ("nothing", "cancelled"))],
            order="amount_total desc, id",
            limit=1,
        )
        if not account:
            raise UserError(
                self.env._("%(run)s has no bill to show yet.", run=self.display_name)
            )
        return account.action_preview_bill_pdf()
