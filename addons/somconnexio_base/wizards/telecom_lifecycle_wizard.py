# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

REASON_KIND_BY_VERB = {"suspend": "suspend", "terminate": "terminate"}


class TelecomLifecycleWizard(models.TransientModel):
    """Ask for day and reason, then change the state of the subscriptions."""

    _name = "telecom.lifecycle.wizard"
    _description = "Change the State of Subscriptions"

    verb = fields.Selection(
        [
            ("activate", "Activate"),
            ("suspend", "Suspend"),
            ("resume", "Resume"),
            ("terminate", "Terminate"),
        ],
        required=True,
        readonly=True,
    )
    subscription_ids = fields.Many2many(
        "contract.contract", string="Subscriptions", required=True, readonly=True
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._telecom_today()
    )
    reason_kind = fields.Char(compute="_compute_reason_kind")
    reason_id = fields.Many2one(
        "telecom.lifecycle.reason", domain="[('kind', '=', reason_kind)]"
    )

    @api.depends("verb")
    def _compute_reason_kind(self):
        for wizard in self:
            wizard.reason_kind = REASON_KIND_BY_VERB.get(wizard.verb)

    def action_apply(self):
        """Do what the verb says to all subscriptions, or to none."""
        self.ensure_one()
        if self.reason_kind and not self.reason_id:
            raise UserError(self.env._("Choose a reason."))
        subscriptions = self.subscription_ids
        if self.verb == "activate":
            subscriptions.activate(self.date)
        elif self.verb == "suspend":
            subscriptions.suspend(self.reason_id, self.date)
        elif self.verb == "resume":
            subscriptions.resume(self.date)
        else:
            subscriptions.terminate(self.reason_id, self.date)
        return {"type": "ir.actions.act_window_close"}
