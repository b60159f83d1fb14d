# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools import ormcache

from ...dunning_rules.return_reasons import CLASSES

#: The rule for codes that have none of their own.
FALLBACK = "OTHER"


class TelecomReturnRule(models.Model):
    """What follows when a debit comes back for a reason: data, not code."""

    _name = "telecom.return.rule"
    _description = "Rule for returned debits"
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]

    sequence = fields.Integer(default=10)
    code = fields.Char(
        string="Reason code", required=True, help="ISO 20022's code, such as AM04."
    )
    name = fields.Char(string="Reason", required=True, translate=True)
    active = fields.Boolean(default=True)
    return_class = fields.Selection(
        list(CLASSES), string="Kind of reason", required=True, default="other"
    )
    retry_days = fields.Integer(
        string="Debit again after (days)",
        help="Days after the return until the bill is debited once more; 0: never.",
    )
    retry_limit = fields.Integer(
        string="At most (times)", help="How often one bill is debited again."
    )
    stops_mandate = fields.Boolean(string="Stop the mandate")
    fee_product_id = fields.Many2one(
        "product.product",
        string="Fee",
        domain=[("type", "=", "service")],
        help="Charged to the payer by a small bill of its own; empty: no fee.",
    )
    is_dunned = fields.Boolean(string="Goes to dunning", default=True)
    tells_payer = fields.Boolean(string="Tell the payer", default=True)
    activity_user_id = fields.Many2one(
        "res.users",
        string="Ask",
        help="Who gets an activity to look at it. Empty: nobody.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is a rule for this reason already."
    )
    _retry_sane = models.Constraint(
        "CHECK (retry_days >= 0 AND retry_limit >= 0)",
        "Days and times cannot be below zero.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.code} · {rule.name}"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: codes are known from now on."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base``: codes are looked up anew."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override of ``base``: codes are looked up anew."""
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @ormcache("code")
    def _id_of(self, code):
        rules = self.sudo().search([("code", "in", (code, FALLBACK))])
        exact = rules.filtered(lambda rule: rule.code == code)
        return (exact or rules)[:1].id

    @api.model
    def _of(self, code):
        """Return the rule for a reason code; that for the others when it has none."""
        return self.browse(self._id_of((code or "").upper()))

    def _oca_reason(self):
        """Return OCA's reason of the same code, made when it is missing."""
        self.ensure_one()
        Reason = self.env["payment.return.reason"].sudo()
        reason = Reason.search([("code", "=", self.code)], limit=1)
        return reason or Reason.create({"code": self.code, "name": self.name})
