# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ... import sql_steps

#: Keys sort as people read them.
BUCKETS = [
    ("0_paid", "Paid"),
    ("1_not_due", "Not due yet"),
    ("2_30", "1 to 30 days"),
    ("3_60", "31 to 60 days"),
    ("4_90", "61 to 90 days"),
    ("5_180", "91 to 180 days"),
    ("6_more", "More than 180 days"),
]


class TelecomReceivableAgeing(models.Model):
    """Bills by month and age: how much of each month is still owed, and since when."""

    _name = "telecom.receivable.ageing"
    _description = "Ageing of bills"
    _auto = False
    _order = "due_date, id"
    _rec_name = "move_id"

    move_id = fields.Many2one("account.move", string="Bill", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Payer", readonly=True)
    collection_method = fields.Selection(
        selection=lambda self: (
            self.env["telecom.billing.account"]
            ._fields["collection_method"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    invoice_date = fields.Date(string="Billed on", readonly=True)
    bill_month_date = fields.Date(string="Month of the bill", readonly=True)
    due_date = fields.Date(readonly=True)
    overdue_days = fields.Integer(
        string="Days overdue", readonly=True, aggregator="max"
    )
    bucket = fields.Selection(BUCKETS, string="Age", readonly=True)
    billed_amount = fields.Monetary(string="Billed", readonly=True)
    settled_amount = fields.Monetary(string="Paid", readonly=True)
    open_amount = fields.Monetary(string="Owed", readonly=True)

    @property
    def _table_query(self):
        """Override of ``base``: as of today, or of a day that the context names.

        ``ageing_date`` is a civil date as ISO text, or ``last_month`` or
        ``month_before`` for the last days of these months.
        """
        today = self.env.company._telecom_today()
        as_of_date = self._as_of_date(today)
        return SQL(
            sql_steps.statement("desk/10_list_ageing"),
            as_of_date=as_of_date,
            is_past=as_of_date < today,
        )

    def _as_of_date(self, today):
        """Return the civil day that ages are counted to: never after today."""
        named = self.env.context.get("ageing_date")
        month_start = today.replace(day=1)
        if named == "last_month":
            return month_start - timedelta(days=1)
        if named == "month_before":
            return month_start - relativedelta(months=1) - timedelta(days=1)
        return min(fields.Date.to_date(named) or today, today)

    def action_open_bill(self):
        """Open the bill of a row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
