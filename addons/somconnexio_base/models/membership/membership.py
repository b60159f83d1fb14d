# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...cooperative import sponsor_code, states

LIVE_STATES = ("active", "leaving")
KINDS = [
    ("member", "Member"),
    ("sponsored", "Sponsored"),
    ("agreement", "By agreement"),
]


class CooperativeMembership(models.Model):
    """One person or entity in the cooperative, from joining to leaving.

    ``joined_date`` is the first day of the membership, ``left_date`` the first day
    that no longer belongs to it. Its share capital is the sum of its movements.
    """

    _name = "cooperative.membership"
    _description = "Membership"
    _inherit = ["mail.thread", "mail.activity.mixin", "cooperative.state.mixin"]
    _order = "joined_date desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "partner_id.name", "partner_id.vat", "sponsor_code"]

    _state_table = states.MEMBERSHIP
    _is_created_by_hand = False
    _guarded_fields = frozenset(
        {
            "state",
            "kind",
            "number",
            "partner_id",
            "company_id",
            "request_id",
            "sponsor_id",
            "agreement_id",
            "admitted_date",
            "joined_date",
            "left_date",
            "leaving_reason",
            "sponsor_code",
        }
    )

    number = fields.Char(
        copy=False, index="btree_not_null", tracking=True, help="Given on joining."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person or entity",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_vat = fields.Char(related="partner_id.vat", string="Tax ID")
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    city = fields.Char(related="partner_id.city")
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, index=True, tracking=True)
    state = fields.Selection(
        [
            ("pending", "Waiting for payment"),
            ("active", "Active"),
            ("leaving", "Leaving"),
            ("left", "Left"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="pending",
        index=True,
        tracking=True,
        copy=False,
    )
    request_id = fields.Many2one(
        "cooperative.membership.request", index="btree_not_null", ondelete="restrict"
    )
    admitted_date = fields.Date(
        string="Admitted", help="Day on which the request was approved."
    )
    joined_date = fields.Date(
        string="Joined", index=True, help="First day as a member."
    )
    left_date = fields.Date(
        string="Left", index="btree_not_null", help="First day no longer a member."
    )
    leaving_reason = fields.Selection(
        selection=lambda self: self._leaving_reasons(), tracking=True
    )
    representative_id = fields.Many2one(
        "res.partner",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Who acts for a company or a minor.",
    )
    agreement_id = fields.Many2one(
        "cooperative.agreement",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    leaving_ids = fields.One2many("cooperative.leaving", "membership_id")
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        string="IBAN",
        check_company=True,
        ondelete="restrict",
        help="Where contributions are collected from and refunds are paid to.",
    )
    note = fields.Html()

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE number IS NOT NULL",
        "Another membership already has this number.",
    )
    _one_live = models.UniqueIndex(
        "(company_id, partner_id) WHERE state IN ('active', 'leaving')",
        "This person already has a membership.",
    )
    _one_pending = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'pending'",
        "This person already has a membership that waits for its payment.",
    )
    _one_per_request = models.UniqueIndex(
        "(request_id) WHERE request_id IS NOT NULL",
        "This request has already become a membership.",
    )
    _sponsor_code_unique = models.UniqueIndex(
        "(company_id, sponsor_code) WHERE sponsor_code IS NOT NULL",
        "Another member already sponsors by this code.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (joined_date <= left_date)", "Nobody leaves before joining."
    )
    _live_has_number = models.Constraint(
        "CHECK (state NOT IN ('active', 'leaving', 'left')"
        " OR (number IS NOT NULL AND joined_date IS NOT NULL))",
        "A membership in force has a number and a first day.",
    )
    _left_has_date = models.Constraint(
        "CHECK ((state = 'left') = (left_date IS NOT NULL))",
        "A membership has a last day when, and only when, it has ended.",
    )

    @api.model
    def _leaving_reasons(self):
        """Return [(code, label)] of why somebody leaves, as screens offer them."""
        return (
            self.env["cooperative.leaving"]
            ._fields["reason"]
            ._description_selection(self.env)
        )

    @api.depends("number", "partner_id.name")
    def _compute_display_name(self):
        for membership in self:
            parts = (membership.number, membership.partner_id.name)
            membership.display_name = " · ".join(filter(None, parts))

    @api.constrains("partner_id", "representative_id")
    def _check_representative(self):
        for membership in self.filtered("representative_id"):
            if membership.representative_id == membership.partner_id:
                raise ValidationError(
                    self.env._(
                        "%s cannot be their own representative: name somebody else.",
                        membership.partner_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        for membership in self:
            raise ValidationError(
                self.env._(
                    "%s stays in the book of members. Let them leave instead.",
                    membership.display_name,
                )
            )

    def _creation_refusal(self):
        """Override of ``cooperative.state.mixin``: memberships come from requests."""
        return self.env._(
            "A membership comes from an approved request: make the request and approve "
            "it. Memberships of another system are taken over by “take_over”."
        )

    @api.model
    def _members_domain(self, company, day):
        """Return the domain of who is a member of a company on a day."""
        return [
            ("company_id", "=", company.id),
            ("kind", "=", "member"),
            ("joined_date", "<=", day),
            "|",
            ("left_date", "=", False),
            ("left_date", ">", day),
        ]

    def _kind_label(self):
        """Return the kind as people read it."""
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _draw_numbers(self):
        """Return {membership: number}, one draw per company and book."""
        numbers = {}
        for company, memberships in self.grouped("company_id").items():
            for is_member, group in memberships.grouped(
                lambda membership: membership.kind == "member"
            ).items():
                code = self._name if is_member else f"{self._name}.user"
                drawn = self.env["ir.sequence"].next_codes(code, company, len(group))
                numbers.update(zip(group, drawn, strict=True))
        return numbers

    @api.model
    def _draw_sponsor_codes(self, company, count):
        """Return codes by which nobody in the company sponsors yet.

        :param int count: how many
        :return: list of texts
        """
        drawn = set()
        while len(drawn) < count:
            candidates = {sponsor_code.draw() for _place in range(count - len(drawn))}
            taken = self.sudo().search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("sponsor_code", "in", list(candidates)),
                ],
                ["sponsor_code"],
            )
            drawn |= candidates - set(taken.mapped("sponsor_code"))
        return list(drawn)
