# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.tools.misc import file_path

from ... import sql_steps
from ...bill import render
from .bill_builder import BillBuilder
from .bill_head import BillHead, decimal


class TelecomBillRunAccount(models.Model):
    """Shows the bill that an account of a run will get, before it exists."""

    _inherit = "telecom.bill.run.account"

    def action_preview_bill_pdf(self):
        """Open the bill, or its preview as long as there is none."""
        self.ensure_one()
        if self.move_id:
            return self.move_id.action_telecom_bill_pdf()
        return {
            "type": "ir.actions.act_url",
            "url": f"/telecom/bill/preview/{self.id}",
            "target": "new",
        }

    @api.private
    def _telecom_preview_pdf(self):
        """Return the PDF of the bill as previewed, marked as a draft."""
        self.ensure_one()
        self.check_access("read")
        # As in account.move: put together from what its reader may not browse.
        account = self.sudo()
        account.env.flush_all()
        head = account._telecom_preview_head()
        params = {"run_account_ids": account.ids}
        builder = BillBuilder(
            account.env(context={**account.env.context, "active_test": False}),
            account.company_id,
            [head],
            sql_steps.fetch(account.env, "72_list_preview_charges", **params),
            account._telecom_preview_taxes(),
        )
        return render(builder.document(head), (file_path("web/static/fonts"),))

    def _telecom_preview_head(self):
        run, currency = self.run_id, self.currency_id
        return BillHead(
            id=self.id,
            company=self.company_id,
            account=self.billing_account_id,
            partner=self.billing_account_id.partner_id,
            run_id=run.id,
            number="",
            bill_date=run.invoice_date,
            period_start=run.period_start,
            period_end=run.period_end,
            amount_untaxed=decimal(self.amount_untaxed, currency),
            amount_tax=decimal(self.amount_tax, currency),
            amount_total=decimal(self.amount_total, currency),
            currency=currency.name,
            is_draft=True,
        )

    def _telecom_preview_taxes(self):
        """Return base and quota of each tax, as step 71 does for a bill."""
        return [
            {
                "bill_id": line.run_account_id.id,
                "tax_id": line.tax_id.id,
                "base": decimal(line.amount_base, line.currency_id),
                "amount": decimal(line.amount_tax, line.currency_id),
            }
            for line in self.tax_line_ids
        ]
