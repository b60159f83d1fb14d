# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ... import sql_steps

#: How far back the report looks.
MONTHS = 13
WAYS = [
    ("direct_debit", "Direct debit"),
    ("transfer", "Transfer"),
    ("bank_app", "Bank app"),
    ("online", "Card and Bizum"),
    ("other", "Other"),
]


class TelecomCashDay(models.Model):
    """What was to come in on a day, and what came, by the way of the money."""

    _name = "telecom.cash.day"
    _description = "Expected and received"
    _auto = False
    _order = "day desc, way"
    _rec_name = "day"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    day = fields.Date(readonly=True)
    way = fields.Selection(WAYS, string="Way of the money", readonly=True)
    side = fields.Selection(
        [("expected", "Expected"), ("received", "Received")], readonly=True
    )
    amount = fields.Monetary(readonly=True)
    expected_amount = fields.Monetary(
        string="Expected", readonly=True, help="Bills that fall due on this day."
    )
    received_amount = fields.Monetary(
        string="Received", readonly=True, help="Less what came back on this day."
    )
    difference_amount = fields.Monetary(string="Difference", readonly=True)

    @property
    def _table_query(self):
        """Override of ``base``: the rows of the last thirteen months."""
        today = self.env.company._telecom_today()
        return SQL(
            sql_steps.statement("desk/20_list_expected_and_received"),
            since_date=today.replace(day=1) - relativedelta(months=MONTHS - 1),
        )

    def action_open_expected(self):
        """Open the bills that fall due on the day."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Due on %s", fields.Date.to_string(self.day)),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [
                ("telecom_billing_account_id", "!=", False),
                (
                    "telecom_billing_account_id.collection_method",
                    "=",
                    self.way,
                ),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("invoice_date_due", "=", self.day),
                ("company_id", "=", self.company_id.id),
            ],
        }

    def action_open_received(self):
        """Open the journal items of the money that came on the day."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Received on %s", fields.Date.to_string(self.day)),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("account_id.account_type", "=", "asset_receivable"),
                ("journal_id.type", "in", ("bank", "cash", "credit")),
                ("parent_state", "=", "posted"),
                ("date", "=", self.day),
                ("company_id", "=", self.company_id.id),
            ],
        }
