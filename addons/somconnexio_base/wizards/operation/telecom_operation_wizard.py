# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ...models.operation.contract_holder import LINE_VALIDATOR
from ...models.operation.kinds import KINDS
from ...operation import calendar

PRODUCT_KINDS = {
    "change_offering": "offering",
    "add_addon": "addon",
    "remove_addon": "addon",
    "buy_bond": "one_shot",
}
#: Kinds that need a reason, and of which kind.
REASON_KINDS = {
    "suspend": "suspend",
    "restrict": "suspend",
    "terminate": "terminate",
}
#: Kinds that mostly come with the month's bill.
MONTHLY_KINDS = ("change_offering", "remove_addon")
VALIDATORS = {
    "change_number": ("msisdn", "fixed_number"),
    "swap_sim": ("iccid",),
    "change_address": ("fibre_line",),
}


class TelecomOperationWizard(models.TransientModel):
    """Ask what an operation must know, show what it changes, and ask for it."""

    _name = "telecom.operation.wizard"
    _description = "Ask for an Operation"
    _inherit = ["telecom.operation.terms"]

    kind = fields.Selection(default="add_addon")
    subscription_ids = fields.Many2many(
        "contract.contract", string="Subscriptions", readonly=True
    )
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    is_kind_open = fields.Boolean(help="The dialog asks what is to be done.")
    versions = fields.Json(help="What the asker has seen: model,id -> version.")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    when = fields.Selection(
        [("now", "Today"), ("next_month", "Next month"), ("date", "On a day")],
        required=True,
        compute="_compute_when",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(
        string="Day",
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
        help="Of terminations the last day of service, of all others the first day "
        "of the new.",
    )
    reason_kind = fields.Char(compute="_compute_choices")
    product_kind = fields.Char(compute="_compute_choices")
    service_type_id = fields.Many2one(
        "telecom.service.type", compute="_compute_choices"
    )
    holder_id = fields.Many2one("res.partner", compute="_compute_choices")
    has_line = fields.Boolean(
        compute="_compute_choices", help="The service comes over an access line."
    )
    held_product_ids = fields.Many2many("product.product", compute="_compute_choices")
    held_resource_ids = fields.Many2many("telecom.resource", compute="_compute_choices")
    resource_kind_ids = fields.Many2many(
        "telecom.resource.kind", compute="_compute_resource_kind_ids"
    )
    pack_text = fields.Char(
        compute="_compute_pack_text", string="In the pack with", readonly=True
    )
    pending_text = fields.Char(compute="_compute_pending_text", string="Pending")

    @api.depends("subscription_ids", "billing_account_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard._targets().company_id[:1] or self.env.company

    @api.depends("kind")
    def _compute_when(self):
        for wizard in self:
            is_monthly = wizard.kind in MONTHLY_KINDS
            wizard.when = "next_month" if is_monthly else "now"
            if wizard.kind == "terminate":
                wizard.when = "date"

    @api.depends("kind", "when")
    def _compute_date(self):
        for wizard in self:
            today = wizard.company_id._telecom_today()
            wizard.date = wizard.date or today
            if wizard.when != "date":
                wizard.date = calendar.asked_day(wizard.when, today)
            elif wizard.kind == "terminate":
                days = wizard.company_id.telecom_termination_notice_days
                wizard.date = max(wizard.date, today + timedelta(days=days))

    @api.depends("kind", "subscription_ids")
    def _compute_choices(self):
        for wizard in self:
            subscriptions = wizard.subscription_ids
            wizard.reason_kind = REASON_KINDS.get(wizard.kind, False)
            wizard.product_kind = PRODUCT_KINDS.get(wizard.kind, False)
            wizard.service_type_id = subscriptions.telecom_service_type_id[:1]
            wizard.holder_id = (
                subscriptions.partner_id or wizard.billing_account_id.partner_id
            )[:1].commercial_partner_id
            lines = subscriptions.contract_line_ids.filtered(
                lambda line: line.telecom_line_kind == "addon"
            )
            needed = subscriptions.telecom_service_type_id.resource_kind_ids
            wizard.has_line = LINE_VALIDATOR in needed.mapped("validator")
            wizard.held_product_ids = lines.product_id
            wizard.held_resource_ids = subscriptions.assignment_ids.resource_id

    @api.depends("kind")
    def _compute_resource_kind_ids(self):
        kinds = self.env["telecom.resource.kind"].search([])
        for wizard in self:
            wanted = VALIDATORS.get(wizard.kind, ())
            wizard.resource_kind_ids = kinds.filtered(
                lambda kind, wanted=wanted: kind.validator in wanted
            )

    @api.depends("subscription_ids", "billing_account_id")
    def _compute_pending_text(self):
        for wizard in self:
            pending = self.env["telecom.subscription.operation"]
            for target in wizard._targets():
                pending |= target._pending_operations()
            wizard.pending_text = ", ".join(pending.mapped("display_name"))

    @api.depends("subscription_ids")
    def _compute_pack_text(self):
        """Name the siblings in the packs, today."""
        for wizard in self:
            own = wizard.subscription_ids._origin
            members = own.telecom_pack_group_id.member_ids
            today = wizard.company_id._telecom_today()
            siblings = members._on(today).subscription_id - own
            wizard.pack_text = ", ".join(siblings.mapped("display_name"))

    @api.onchange("kind")
    def _onchange_kind(self):
        """Forget what belongs to another kind of operation."""
        self.product_id = False
        self.reason_id = False
        self.resource_id = False
        self.preview = False

    def _targets(self):
        """Return what the operation is about."""
        self.ensure_one()
        if self.kind and KINDS[self.kind].is_account_wide:
            own = self.subscription_ids.telecom_billing_account_id
            return self.billing_account_id or own
        return self.subscription_ids

    def _operation_model(self):
        """Return the operations, without what the dialog proposed for itself."""
        env = self.env(context=clean_context(self.env.context))
        return env["telecom.subscription.operation"]

    def action_preview(self):
        """Show what the operation would change, without changing it."""
        self.ensure_one()
        Operation = self._operation_model()
        preview = {"changes": [], "bills": []}
        for target in self._targets():
            target = target.with_env(Operation.env)
            one = Operation._preview(self.kind, target, self._terms(), self.date)
            preview["changes"] += one["changes"]
            preview["bills"] += one.get("bills", [])
        self.preview = preview
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What changes"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "large"},
        }

    def action_apply(self):
        """Ask for the operation for all subscriptions, or for none."""
        self.ensure_one()
        if not self.date:
            raise UserError(self.env._("Choose a day."))
        Operation = self._operation_model()
        operations = Operation.browse()
        for target in self._targets().sorted("id"):
            if target in [operation._target() for operation in operations]:
                continue  # it went along with another
            asked = Operation._ask(
                self.kind,
                target.with_env(Operation.env),
                self._terms(),
                self.date,
                version=(self.versions or {}).get(target._version_key()),
            )
            operations |= asked | asked.follower_ids
        return self._open_new(operations.new_subscription_id)

    def _open_new(self, new):
        """Return the action that opens new subscriptions; that closes without any."""
        if not new:
            return {"type": "ir.actions.act_window_close"}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_subscription"
        )
        if len(new) > 1:
            return {**action, "domain": [("id", "in", new.ids)], "context": {}}
        return {
            "type": "ir.actions.act_window",
            "res_model": new._name,
            "res_id": new.id,
            "view_mode": "form",
            "views": [[new.get_formview_id(), "form"]],
        }
