# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps

SQL_FOLDER = "catalogue"


class TelecomPriceChange(models.Model):
    """New prices from a day on: for new subscriptions, and planned for those in force.

    A line of a subscription keeps what was agreed. When the change is planned, lines
    in force at the old price end on the day before and go on at the new one; lines
    with another price were agreed by themselves and stay. Until its day it can be
    taken back.
    """

    _name = "telecom.price.change"
    _description = "Planned Price Change"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True, tracking=True, help="First civil day of the new prices."
    )
    is_for_running = fields.Boolean(
        string="Subscriptions in force too",
        default=True,
        help="Otherwise the new prices are for new lines only.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("planned", "Planned"), ("cancelled", "Taken back")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    item_ids = fields.One2many(
        "telecom.price.change.item", "change_id", string="Prices", copy=True
    )
    line_ids = fields.One2many(
        "telecom.price.change.line", "change_id", string="Lines changed", readonly=True
    )
    line_count = fields.Integer(compute="_compute_line_count")

    def _compute_line_count(self):
        counts = dict(
            self.env["telecom.price.change.line"]._read_group(
                [("change_id", "in", self.ids)], ["change_id"], ["__count"]
            )
        )
        for change in self:
            change.line_count = counts.get(change, 0)

    def action_plan(self):
        """Date the new prices in the catalogue and on the lines in force.

        :raise UserError: when it is planned already, has no prices or its day is past
        """
        self.env["contract.line"].check_access("write")
        for change in self:
            change._check_can_plan()
            change._date_catalogue()
            if change.is_for_running:
                change._plan_lines()
        return self.write({"state": "planned"})

    def action_cancel(self):
        """Take the change back as if it had not been planned.

        :raise UserError: when its day has come
        """
        self.env["contract.line"].check_access("write")
        for change in self:
            today = change.company_id._telecom_today()
            if change.state != "planned" or change.date <= today:
                raise UserError(
                    self.env._(
                        "%(name)s is not planned, or its day has come: make another "
                        "price change instead.",
                        name=change.name,
                    )
                )
            change._run("20_analyze_plan")
            change._run("25_take_back_lines")
            change._run("26_restore_prices")
            change._run("27_delete_plan")
            change._forget_catalogue()
        self._lines_changed()
        return self.write({"state": "cancelled"})

    def action_announce(self):
        """Tell the holders of the lines that change, each once.

        Whoever was told already is not told again.

        :raise UserError: when it is not planned
        """
        self.ensure_one()
        if self.state != "planned":
            raise UserError(
                self.env._("Plan %(name)s before you announce it.", name=self.name)
            )
        holders = self.line_ids.subscription_id.partner_id
        count = self.env["telecom.notice"]._announce_domain(
            "price_change", [("id", "in", holders.ids)], subject=self
        )
        self.message_post(body=self.env._("Announced to %s holders.", count))
        return True

    def action_view_lines(self):
        """Open the lines of subscriptions that the change is planned for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines changed"),
            "res_model": "telecom.price.change.line",
            "view_mode": "list",
            "domain": [("change_id", "=", self.id)],
        }

    def _check_can_plan(self):
        self.ensure_one()
        if self.state != "draft" or not self.item_ids:
            raise UserError(
                self.env._(
                    "%(name)s must be a draft with one price at least.", name=self.name
                )
            )
        if self.date <= self.company_id._telecom_today():
            raise UserError(
                self.env._(
                    "Prices change from a day to come: choose a later day than "
                    "%(date)s.",
                    date=self.date,
                )
            )

    def _date_catalogue(self):
        """Write the prices to the catalogue's price list, dated."""
        pricelist = self.company_id._telecom_dated_pricelist()
        start_at = self.company_id._telecom_day_start_at(self.date)
        self.env["product.pricelist.item"].create(
            [i._prepare_pricelist_item(pricelist, start_at) for i in self.item_ids]
        )
        pricelist._telecom_chain_prices()

    def _forget_catalogue(self):
        """Take the dated prices out of the price list again."""
        made = self.env["product.pricelist.item"].search(
            [("telecom_price_change_id", "=", self.id)]
        )
        pricelist = made.pricelist_id
        made.unlink()
        if pricelist:
            pricelist._telecom_chain_prices()

    @api.private
    def _plan_lines(self):
        """End the lines in force at the old prices and let them go on at the new."""
        self.ensure_one()
        self.env.flush_all()
        self._run("20_insert_plan")
        self._run("20_analyze_plan")
        self._run("21_end_lines")
        self._run("22_insert_successors")
        self._run("23_reprice_planned")
        self._lines_changed()

    def _run(self, step):
        """Run one SQL file of the price change."""
        self.env.flush_all()
        return sql_steps.run(
            self.env,
            f"{SQL_FOLDER}/{step}",
            change_id=self.id,
            company_id=self.company_id.id,
            first_date=self.date,
            user_id=self.env.uid,
        )

    def _lines_changed(self):
        """Let the ORM read the lines anew."""
        self.env["contract.line"].invalidate_model()
        self.env["contract.contract"].invalidate_model(["contract_line_ids"])
        self.invalidate_recordset(["line_ids", "line_count"])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        if self.filtered(lambda change: change.state == "planned"):
            raise UserError(
                self.env._("A planned price change is kept as history: take it back.")
            )


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    telecom_price_change_id = fields.Many2one(
        "telecom.price.change",
        string="Price change",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        copy=False,
    )
