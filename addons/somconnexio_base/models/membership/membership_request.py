# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...cooperative import sponsor_code as codes, states
from .membership import KINDS

SEQUENCE = "cooperative.membership.request"


class CooperativeMembershipRequest(models.Model):
    """Somebody asks to join: what the public form writes and people decide on.

    It names a person who exists (``partner_id``) or describes a new one, who is
    written down when the request is approved.
    """

    _name = "cooperative.membership.request"
    _description = "Membership Request"
    _inherit = ["mail.thread", "mail.activity.mixin", "cooperative.state.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["code", "name", "vat", "email"]

    _state_table = states.REQUEST
    _guarded_fields = frozenset(
        {
            "state",
            "membership_id",
            "code",
            "decided_date",
            "decided_by_id",
            "receipt_mailed_at",
        }
    )

    code = fields.Char(readonly=True, copy=False, default="")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("received", "Received"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
        ],
        required=True,
        default="draft",
        index=True,
        tracking=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="member", tracking=True)
    applicant_kind = fields.Selection(
        [
            ("person", "Person"),
            ("company", "Company or entity"),
            ("minor", "Minor"),
            ("heir", "Heir of a member"),
        ],
        string="Who asks",
        required=True,
        default="person",
    )
    source = fields.Selection(
        [
            ("web", "Web form"),
            ("office", "Office"),
            ("phone", "Phone"),
            ("import", "Import"),
        ],
        required=True,
        default="office",
    )
    external_key = fields.Char(
        copy=False,
        help="Given by the form or program that sent it; the same key twice is the "
        "same request.",
    )
    # Who
    partner_id = fields.Many2one(
        "res.partner",
        string="Known person",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Empty: a new person is written down when the request is approved.",
    )
    name = fields.Char(
        compute="_compute_person", store=True, readonly=False, precompute=True
    )
    vat = fields.Char(
        string="Tax ID",
        compute="_compute_person",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    email = fields.Char(
        compute="_compute_person", store=True, readonly=False, precompute=True
    )
    phone = fields.Char(
        compute="_compute_person", store=True, readonly=False, precompute=True
    )
    birth_date = fields.Date()
    street = fields.Char()
    zip = fields.Char(string="Postal code")
    city = fields.Char()
    state_id = fields.Many2one("res.country.state", string="Province")
    country_id = fields.Many2one(
        "res.country", default=lambda self: self.env.company.country_id
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        default=lambda self: self.env.lang,
    )
    representative_id = fields.Many2one(
        "res.partner", check_company=True, ondelete="restrict"
    )
    representative_name = fields.Char()
    representative_vat = fields.Char(string="Representative's tax ID")
    # What
    share_class_id = fields.Many2one(
        "cooperative.share.class",
        string="Share class",
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_share_class(),
    )
    share_count = fields.Integer(string="Shares", default=1)
    amount = fields.Monetary(string="Contribution", compute="_compute_amount")
    instalment_count = fields.Integer(string="Instalments", default=1)
    instalment_text = fields.Char(
        string="How it is paid",
        compute="_compute_instalment_text",
        help="What the first instalment comes to, and the others.",
    )
    iban = fields.Char(string="IBAN", help="From which the contribution is collected.")
    accepted_at = fields.Datetime(
        string="Contribution accepted",
        help="UTC instant at which the applicant accepted contribution and statutes.",
    )
    sponsor_code = fields.Char()
    sponsor_id = fields.Many2one(
        "cooperative.membership",
        compute="_compute_sponsor_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        domain="[('kind', '=', 'member'), ('state', '=', 'active')]",
    )
    agreement_id = fields.Many2one(
        "cooperative.agreement", check_company=True, ondelete="restrict"
    )
    inherits_from_id = fields.Many2one(
        "cooperative.membership",
        string="Inherits from",
        check_company=True,
        ondelete="restrict",
        help="The member who died and whose shares this person gets.",
    )
    # Decision
    membership_id = fields.Many2one(
        "cooperative.membership", readonly=True, copy=False, ondelete="restrict"
    )
    decided_date = fields.Date(string="Decided", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    refusal_reason = fields.Char(copy=False)
    problems = fields.Text(
        compute="_compute_problems", help="What keeps it from being approved."
    )
    note = fields.Html()

    _code_company_unique = models.UniqueIndex(
        "(company_id, code) WHERE code != ''", "Another request already has this code."
    )
    _external_key_unique = models.UniqueIndex(
        "(company_id, external_key) WHERE external_key IS NOT NULL",
        "This request has been sent before.",
    )
    _one_open_per_partner = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'received' AND partner_id IS NOT NULL",
        "This person has another request that waits for a decision.",
    )
    _one_open_per_vat = models.UniqueIndex(
        "(company_id, vat) WHERE state = 'received' AND vat IS NOT NULL AND vat != ''",
        "Another request with this tax ID waits for a decision.",
    )

    def _default_share_class(self):
        """Return the first class of contributions by which people join."""
        return self.env["cooperative.share.class"].search(
            [("company_id", "=", self.env.company.id), ("is_voluntary", "=", False)],
            limit=1,
        )

    @api.depends("partner_id")
    def _compute_person(self):
        for request in self.filtered("partner_id"):
            partner = request.partner_id
            request.name = partner.name
            request.vat = partner.vat or request.vat
            request.email = partner.email or request.email
            request.phone = partner.phone or request.phone

    @api.depends("share_class_id", "share_count", "kind")
    def _compute_amount(self):
        for request in self:
            is_paid = request.kind == "member" and not request.inherits_from_id
            share_class = request.share_class_id
            amount = (
                is_paid and share_class and share_class.amount_of(request.share_count)
            )
            request.amount = amount or 0

    @api.depends("share_class_id", "share_count", "instalment_count")
    def _compute_instalment_text(self):
        for request in self:
            request.instalment_text = request.share_class_id._instalment_text(
                request.share_count, request.instalment_count
            )

    @api.depends("sponsor_code")
    def _compute_sponsor_id(self):
        Membership = self.env["cooperative.membership"]
        for request in self.filtered("sponsor_code"):
            request.sponsor_id = Membership._by_sponsor_code(
                request.sponsor_code, request.company_id
            )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for request in self:
            parts = (request.code, request.name)
            request.display_name = " · ".join(filter(None, parts))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to draw codes, in batches, and tidy identifiers."""
        vals_list = [self._tidied(vals) for vals in vals_list]
        requests = super().create(vals_list)
        for company, group in requests.grouped("company_id").items():
            drawn = self.env["ir.sequence"].next_codes(SEQUENCE, company, len(group))
            for request, code in zip(group, drawn, strict=True):
                request._write_guarded(code=code)
        return requests

    def write(self, vals):
        """Override of ``base`` to tidy identifiers."""
        return super().write(self._tidied(vals))

    @api.model
    def _tidied(self, vals):
        """Return values with tax IDs, IBAN and codes as they are stored."""
        vals = dict(vals)
        for name in ("vat", "representative_vat", "iban"):
            if vals.get(name):
                vals[name] = "".join(c for c in vals[name] if c.isalnum()).upper()
        if vals.get("sponsor_code"):
            vals["sponsor_code"] = codes.compact(vals["sponsor_code"])
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.filtered(lambda one: one.state != "draft")._refuse_deletion()
