# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...gateway_protocols import PROTOCOLS
from ...gateway_protocols.layout import AMOUNT_FORMATS

PATH = "/telecom/gateway"
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")
AMOUNT_LABELS = {
    "decimal": "10.4 or 10.40",
    "decimal_2": "10.40",
    "cents": "1040 (cents)",
}


class TelecomPaymentGateway(models.Model):
    """One bank's app or terminal: how it speaks, who may call, what it may do.

    A record is all that a bank needs whose protocol is known: names of fields, codes
    and formats are lines of it.
    """

    _name = "telecom.payment.gateway"
    _description = "Bank App"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    slug = fields.Char(
        string="Path",
        required=True,
        copy=False,
        tracking=True,
        help="Last part of the address that the bank calls: small letters, digits, -.",
    )
    url = fields.Char(string="Address for the bank", compute="_compute_url")
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        ondelete="restrict",
        tracking=True,
        help="A journal of its own keeps the numbers of its payments apart from what "
        "others book, so that a bank's call never waits for them.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    is_sandbox = fields.Boolean(
        string="Trial",
        default=True,
        tracking=True,
        help="Calls are answered as in earnest but nothing is booked.",
    )
    protocol = fields.Selection(
        selection=lambda self: [(p.code, p.label) for p in PROTOCOLS.values()],
        required=True,
        default="plain_pair",
        tracking=True,
    )
    transport = fields.Selection(
        [
            ("get", "GET"),
            ("form", "POST, form"),
            ("get_or_form", "GET or POST, form"),
            ("json", "POST, JSON"),
        ],
        compute="_compute_formats",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    amount_format = fields.Selection(
        [(code, AMOUNT_LABELS[code]) for code in AMOUNT_FORMATS],
        string="Amounts",
        compute="_compute_formats",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_format = fields.Char(
        string="Dates",
        compute="_compute_formats",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="As strftime writes them: %Y%m%d%H%M%S.",
    )
    duplicate_rule = fields.Selection(
        [
            ("replay", "The first answer again"),
            ("tell", "The code for duplicates, with the first numbers"),
        ],
        string="Same transaction again",
        compute="_compute_formats",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    identifier_ids = fields.One2many(
        "telecom.payment.gateway.identifier",
        "gateway_id",
        string="Identifiers",
        copy=True,
    )
    field_ids = fields.One2many(
        "telecom.payment.gateway.field", "gateway_id", string="Names", copy=True
    )
    code_ids = fields.One2many(
        "telecom.payment.gateway.code", "gateway_id", string="Codes", copy=True
    )
    amount_min = fields.Monetary(string="Smallest amount", default=0.01)
    amount_max = fields.Monetary(string="Largest amount", default=3000)
    cancel_hours = fields.Integer(
        string="Cancelled within (hours)",
        default=24,
        help="How long after the booking the bank may cancel; 0: never.",
    )
    calls_per_minute = fields.Integer(string="Calls per minute", default=600)
    failures_per_minute = fields.Integer(
        string="Failures per minute",
        default=60,
        help="Wrong identifiers and secrets from one address; then finding is refused "
        "for a while. Payments are not.",
    )
    calls_per_identifier = fields.Integer(
        string="Calls per identifier and minute", default=20
    )
    tells_name = fields.Boolean(
        string="Tells the name", default=True, help="Masked, such as Mar*** G."
    )
    tells_bills = fields.Boolean(string="Tells the open bills", default=True)
    tells_list = fields.Boolean(
        string="Gives lists",
        help="Lists of a month's debtors and of a day's payments, where the protocol "
        "has them.",
    )
    message_days = fields.Integer(
        string="Calls kept (days)", default=90, help="Then they are deleted."
    )
    transaction_count = fields.Integer(compute="_compute_transaction_count")

    _slug_unique = models.Constraint(
        "UNIQUE (slug)", "Another bank app already has this path."
    )
    _limits_positive = models.Constraint(
        "CHECK (calls_per_minute > 0 AND failures_per_minute > 0"
        " AND calls_per_identifier > 0 AND cancel_hours >= 0 AND message_days > 0)",
        "Limits must be more than nothing.",
    )
    _amounts_in_order = models.Constraint(
        "CHECK (amount_min > 0 AND amount_min <= amount_max)",
        "The smallest amount must be more than nothing and not above the largest.",
    )

    @api.depends("protocol")
    def _compute_formats(self):
        for gateway in self:
            protocol = PROTOCOLS.get(gateway.protocol) or PROTOCOLS["plain_pair"]
            gateway.transport = protocol.layout.transport
            gateway.amount_format = protocol.layout.amount_format
            gateway.date_format = protocol.layout.date_format
            gateway.duplicate_rule = protocol.duplicate_rule

    @api.depends("slug")
    def _compute_url(self):
        for gateway in self:
            gateway.url = f"{gateway.get_base_url()}{PATH}/{gateway.slug or ''}"

    @api.depends("journal_id", "company_id")
    def _compute_currency_id(self):
        for gateway in self:
            gateway.currency_id = (
                gateway.journal_id.currency_id or gateway.company_id.currency_id
            )

    def _compute_transaction_count(self):
        groups = self.env["telecom.payment.gateway.transaction"]._read_group(
            [("gateway_id", "in", self.ids)], ["gateway_id"], ["__count"]
        )
        counts = dict(groups)
        for gateway in self:
            gateway.transaction_count = counts.get(gateway, 0)

    @api.constrains("slug")
    def _check_slug(self):
        for gateway in self:
            if not SLUG.fullmatch(gateway.slug):
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be a path: write 3 to 40 small letters, digits "
                        "and hyphens.",
                        gateway.slug,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to write down all names and codes of the protocol."""
        gateways = super().create(vals_list)
        gateways._fill_in_wording()
        return gateways

    def write(self, vals):
        """Override of ``base``: another protocol has other names, codes, secrets."""
        changed = self.filtered(
            lambda g: vals.get("protocol", g.protocol) != g.protocol
        )
        changed.field_ids.unlink()
        changed.code_ids.unlink()
        other_auth = self.filtered(
            lambda g: vals.get("auth_kind", g.auth_kind) != g.auth_kind
        )
        other_auth.secret_ids.unlink()
        result = super().write(vals)
        changed._fill_in_wording()
        return result

    def copy_data(self, default=None):
        """Override of ``base``: a copy begins as a trial under another path."""
        copies = super().copy_data(default)
        for gateway, vals in zip(self, copies, strict=True):
            vals.update(
                slug=f"{gateway.slug[:34]}-copy",
                name=self.env._("%s (copy)", gateway.name),
                is_sandbox=True,
            )
        return copies

    def action_view_transactions(self):
        """Open the transactions of this bank app."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_payment_gateway_transaction"
        )
        action["domain"] = [("gateway_id", "=", self.id)]
        return action

    def action_try(self):
        """Open the window in which a call can be tried."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try a call"),
            "res_model": "telecom.payment.gateway.trial",
            "view_mode": "form",
            "target": "new",
            "context": {"default_gateway_id": self.id},
        }
