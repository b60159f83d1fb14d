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


class TelecomCashItem(models.Model):
    """What was to come in on a day, and what came, by the way of the money.

    A row is a bill on its due day, or money on the day it came; graph and pivot sum
    them, and what they sum is what they open.
    """

    _name = "telecom.cash.item"
    _description = "Expected and received"
    _auto = False
    _order = "day desc, id"
    _rec_name = "move_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    move_id = fields.Many2one("account.move", string="Bill or entry", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Payer", readonly=True)
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    day = fields.Date(readonly=True)
    way = fields.Selection(WAYS, string="Way of the money", readonly=True)
    side = fields.Selection(
        [("expected", "Expected"), ("received", "Received")],
        string="Expected or received",
        readonly=True,
    )
    amount = fields.Monetary(readonly=True)
    expected_amount = fields.Monetary(
        string="Expected",
        readonly=True,
        help="Bills that fall due on this day, or are debited on it.",
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
            sql_steps.statement("desk/20_list_cash_items"),
            since_date=today.replace(day=1) - relativedelta(months=MONTHS - 1),
        )

    def action_open(self):
        """Open the bill, or the entry of the money."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
