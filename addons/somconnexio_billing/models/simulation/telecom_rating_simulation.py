# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rating.civil_month import CivilMonth

VIEW = "somconnexio_billing.view_telecom_rating_simulation_line"


class TelecomRatingSimulation(models.Model):
    """A past month priced under another tariff or offering; nothing real is touched.

    Usage only: fees are not part of it.
    """

    _name = "telecom.rating.simulation"
    _description = "Rating simulation"
    _order = "id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month_date = fields.Date(
        string="Month",
        required=True,
        default=lambda self: self._last_month(),
        help="Any day of the month whose usage is priced.",
    )
    target = fields.Selection(
        [("tariff", "Another tariff"), ("offering", "Another offering")],
        string="Compared with",
        required=True,
        default="tariff",
        help="Another tariff leaves the allowances as they are; another offering brings"
        " its own.",
    )
    tariff_id = fields.Many2one("telecom.tariff", ondelete="restrict")
    product_id = fields.Many2one(
        "product.product",
        string="Offering",
        domain=[("telecom_tariff_id", "!=", False)],
        ondelete="restrict",
    )
    from_product_ids = fields.Many2many(
        "product.product",
        string="Instead of",
        help="Only these offerings are replaced. Empty: whatever they have.",
    )
    scope = fields.Selection(
        [
            ("all", "All subscriptions"),
            ("customers", "Some customers"),
            ("subscriptions", "Some subscriptions"),
        ],
        required=True,
        default="all",
    )
    partner_ids = fields.Many2many("res.partner", string="Customers")
    subscription_ids = fields.Many2many("contract.contract", string="Subscriptions")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    message = fields.Char(readonly=True, copy=False)
    line_ids = fields.One2many(
        "telecom.rating.simulation.line", "simulation_id", readonly=True
    )
    line_count = fields.Integer(string="Simulated", compute="_compute_totals")
    progress = fields.Float(string="Done (%)", compute="_compute_totals")
    unrated_count = fields.Integer(string="Without price", compute="_compute_totals")
    old_amount = fields.Float(
        string="As it is", digits=(16, 2), compute="_compute_totals"
    )
    new_amount = fields.Float(
        string="As it were", digits=(16, 2), compute="_compute_totals"
    )
    difference = fields.Float(digits=(16, 2), compute="_compute_totals")

    @api.model
    def _last_month(self):
        """Return the first day of the month before this one."""
        zone = self.env.company.telecom_timezone
        return CivilMonth.of(fields.Datetime.now(), zone).moved(-1).start_date

    @api.depends("line_ids", "state")
    def _compute_totals(self):
        Line = self.env["telecom.rating.simulation.line"]
        groups = Line._read_group(
            [("simulation_id", "in", self.ids)],
            ["simulation_id", "is_done"],
            ["__count", "unrated_count:sum", "old_amount:sum", "new_amount:sum"],
        )
        for simulation in self:
            own = [group for group in groups if group[0] == simulation]
            count = sum(group[2] for group in own)
            done = sum(group[2] for group in own if group[1])
            simulation.line_count = count
            simulation.progress = 100 * done / count if count else 0
            simulation.unrated_count = sum(group[3] or 0 for group in own)
            simulation.old_amount = sum(group[4] or 0 for group in own)
            simulation.new_amount = sum(group[5] or 0 for group in own)
            simulation.difference = simulation.new_amount - simulation.old_amount

    @api.constrains("target", "tariff_id", "product_id", "company_id")
    def _check_target(self):
        for simulation in self:
            tariff = simulation.tariff_id
            if simulation.target == "offering":
                tariff = simulation.product_id.telecom_tariff_id
            if not tariff:
                raise ValidationError(
                    self.env._("Choose the tariff, or an offering that has one.")
                )
            if tariff.company_id != simulation.company_id:
                raise ValidationError(
                    self.env._(
                        "The tariff %(tariff)s belongs to %(company)s.",
                        tariff=tariff.display_name,
                        company=tariff.company_id.name,
                    )
                )

    def _month(self):
        """Return the month as ``CivilMonth``, in the company's time zone."""
        self.ensure_one()
        day = self.month_date.replace(day=1)
        return CivilMonth(day, self.company_id.telecom_timezone)

    def action_start(self):
        """Price the month, anew if it was done before, in the background.

        :raise UserError: while it is running
        """
        self.check_access("write")
        for simulation in self:
            if simulation.state == "running":
                raise UserError(self.env._("This simulation is running already."))
            simulation.sudo().line_ids.unlink()
            simulation.write({"state": "running", "message": False})
            simulation._list_subscriptions()
            simulation._queue_next()

    def action_back_to_draft(self):
        """Give up what was worked out, or a simulation that hangs."""
        self.check_access("write")
        self.sudo().line_ids.unlink()
        self.write({"state": "draft", "message": False})

    def action_open_lines(self):
        """Open the subscriptions, those whose price rises most first."""
        return self._open_lines("losers")

    def action_open_winners(self):
        """Open the subscriptions, those whose price falls most first."""
        return self._open_lines("winners")

    def _open_lines(self, view):
        """Open the subscriptions in the order of one of the two lists."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_rating_simulation_line"
        )
        list_view = self.env.ref(f"{VIEW}_{view}")
        return {
            **action,
            "domain": [("simulation_id", "=", self.id)],
            "views": [(list_view.id, "list"), (False, "pivot"), (False, "graph")],
        }

    def action_export(self):
        """Download the subscriptions as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/telecom/simulation/{self.id}.xlsx",
            "target": "download",
        }
