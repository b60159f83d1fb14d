# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools import SQL

from ... import sql_steps
from .board_tiles import BY_CODE, TILES


class TelecomPaymentBoard(models.Model):
    """Today's numbers, each with its link: one query for all of them."""

    _name = "telecom.payment.board"
    _description = "Payments today"
    _auto = False
    _order = "sequence, company_id"
    _rec_name = "code"

    code = fields.Char(readonly=True)
    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    item_count = fields.Integer(string="Number", readonly=True)
    amount = fields.Monetary(readonly=True)
    kind = fields.Selection(
        [("work", "To do"), ("good", "Came in"), ("none", "Nothing")],
        compute="_compute_name",
    )

    @api.depends("code", "item_count")
    @api.depends_context("lang")
    def _compute_name(self):
        for row in self:
            tile = BY_CODE[row.code]
            row.name = self.env._(tile.name)
            kind = "good" if tile.is_good else "work"
            row.kind = kind if row.item_count else "none"

    @property
    def _table_query(self):
        """Override of ``base``: a row per tile and company, of the parts there are."""
        values = self._moments()
        rows = [
            SQL(
                "SELECT %s * 1000000 + tile.company_id AS id, %s AS code,"
                " %s AS sequence, tile.company_id, tile.item_count, tile.amount"
                " FROM (%s) AS tile",
                number,
                tile.code,
                number,
                SQL(sql_steps.statement(f"desk/tiles/{tile.code}"), **values),
            )
            for number, tile in enumerate(TILES, 1)
            if tile.model in self.env
        ]
        return SQL(" UNION ALL ").join(rows)

    def _moments(self):
        """Return what statements and domains call today."""
        company = self.env.company
        today = company._telecom_today()
        return {
            "today": today,
            "today_start_at": company._telecom_day_start_at(today),
        }

    def action_open(self):
        """Open the rows that a number counts."""
        self.ensure_one()
        tile, moments = BY_CODE[self.code], self._moments()
        domain = [
            (name, operator, moments.get(value, value) if value else value)
            if isinstance(value, str)
            else (name, operator, value)
            for name, operator, value in tile.domain
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(tile.name),
            "res_model": tile.model,
            "view_mode": "list,form",
            "domain": [*domain, ("company_id", "=", self.company_id.id)],
            "context": dict(tile.context),
        }
