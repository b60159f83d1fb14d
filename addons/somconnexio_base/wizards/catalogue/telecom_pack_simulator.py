# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class TelecomPackSimulator(models.TransientModel):
    """What joining, leaving or changing does to a pack: seen first, then done."""

    _name = "telecom.pack.simulator"
    _description = "Pack Simulator"

    action = fields.Selection(
        [
            ("join", "Join a pack"),
            ("leave", "Leave the pack"),
            ("change_offering", "Have another tariff"),
            ("terminate", "End the service"),
        ],
        string="What if they",
        required=True,
        default="join",
    )
    subscription_ids = fields.Many2many(
        "contract.contract",
        string="Subscriptions",
        required=True,
        domain="[('is_telecom', '=', True), ('telecom_state', '!=', 'terminated')]",
    )
    pack_id = fields.Many2one("telecom.pack")
    product_id = fields.Many2one(
        "product.product",
        string="Offering",
        domain="[('is_telecom_offering', '=', True)]",
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._telecom_today(),
        help="First civil day of the change; the last day of service when it ends.",
    )
    currency_id = fields.Many2one(related="subscription_ids.company_id.currency_id")
    line_ids = fields.One2many(
        "telecom.pack.simulator.line", "simulator_id", readonly=True
    )
    price_difference = fields.Monetary(
        string="A month", compute="_compute_differences", help="Without tax and usage."
    )
    taxed_difference = fields.Monetary(
        string="A month with tax", compute="_compute_differences", help="Without usage."
    )
    fee_difference = fields.Monetary(
        string="Month of the change",
        compute="_compute_differences",
        help="By how much the fees of that month change, without tax and usage.",
    )

    @api.depends("line_ids.price_after", "line_ids.taxed_after", "line_ids.fee_after")
    def _compute_differences(self):
        for simulator in self:
            lines = simulator.line_ids
            simulator.price_difference = sum(
                line.price_after - line.price_before for line in lines
            )
            simulator.taxed_difference = sum(
                line.taxed_after - line.taxed_before for line in lines
            )
            simulator.fee_difference = sum(line.fee_difference for line in lines)

    @api.onchange("action", "subscription_ids", "pack_id", "product_id", "date")
    def _onchange_question(self):
        """Forget an answer to another question."""
        self.line_ids = [Command.clear()]

    def action_simulate(self):
        """Show what would become of each subscription.

        :raise UserError: saying why it cannot be done
        """
        self.ensure_one()
        self._check_question()
        rows = self.subscription_ids._preview_pack(
            self.action, self.date, **self._values()
        )
        self.line_ids = [
            Command.clear(),
            *(Command.create(self._prepare_line(row)) for row in rows),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pack simulator"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_apply(self):
        """Do what was shown; ends of service have their own dialog, with a reason.

        :raise UserError: saying why it cannot be done
        """
        self.ensure_one()
        self._check_question()
        if self.action == "terminate":
            return self.subscription_ids.action_terminate()
        self.subscription_ids._do_pack_action(self.action, self.date, **self._values())
        return {"type": "ir.actions.act_window_close"}

    def _check_question(self):
        """Raise unless the question is whole."""
        if not self.subscription_ids:
            raise UserError(self.env._("Choose the subscriptions."))
        if self.action == "join" and not self.pack_id:
            raise UserError(self.env._("Choose the pack."))
        if self.action == "change_offering" and not self.product_id:
            raise UserError(self.env._("Choose the offering."))

    def _values(self):
        """Return what the action takes beside its day."""
        if self.action == "join":
            return {"pack": self.pack_id}
        if self.action in ("leave", "change_offering"):
            return {"product": self.product_id or None}
        return {}

    @api.model
    def _prepare_line(self, row):
        """Return the values of the line for one subscription."""
        return {
            "subscription_id": row["subscription"].id,
            "slot_id": row["slot"].id,
            "offering_before_id": row["before"].id,
            "offering_after_id": row["after"].id,
            "price_before": row["price_before"],
            "price_after": row["price_after"],
            "taxed_before": row["taxed_before"],
            "taxed_after": row["taxed_after"],
            "fee_before": row["fee_before"],
            "fee_after": row["fee_after"],
            "note": " ".join(row["changes"]),
        }
