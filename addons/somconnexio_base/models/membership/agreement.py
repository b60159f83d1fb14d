# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class CooperativeAgreement(models.Model):
    """A collective agreement: an entity whose people get services without a share."""

    _name = "cooperative.agreement"
    _description = "Collective Agreement"
    _inherit = ["mail.thread"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "name", "partner_id.name"]

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(
        required=True, copy=False, help="What people give when they ask to join."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Entity",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    start_date = fields.Date(required=True, default=fields.Date.context_today)
    end_date = fields.Date(help="First day on which nobody joins by it any more.")
    max_memberships = fields.Integer(
        string="Most people", help="At the same time; 0 means no limit."
    )
    offering_ids = fields.Many2many(
        "product.template",
        string="Offerings",
        domain="[('telecom_kind', '=', 'offering')]",
        help="Which offerings its people may have; empty: all of them.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="What its people pay for offerings: lines of their subscriptions take the "
        "price that it has on their first day. Empty: the prices of the catalogue.",
    )
    note = fields.Html()
    membership_ids = fields.One2many(
        "cooperative.membership", "agreement_id", string="People"
    )
    membership_count = fields.Integer(compute="_compute_membership_count")

    _code_company_unique = models.Constraint(
        "UNIQUE (company_id, code)", "Another agreement already has this code."
    )
    _period_not_empty = models.Constraint(
        "CHECK (start_date < end_date)", "An agreement must end after it starts."
    )
    _max_memberships_not_negative = models.Constraint(
        "CHECK (max_memberships >= 0)", "The most people must be 0 (no limit) or more."
    )

    @api.depends("membership_ids.state")
    def _compute_membership_count(self):
        counts = dict(
            self.env["cooperative.membership"]._read_group(
                [
                    ("agreement_id", "in", self.ids),
                    ("state", "in", ("active", "leaving")),
                ],
                ["agreement_id"],
                ["__count"],
            )
        )
        for agreement in self:
            agreement.membership_count = counts.get(agreement, 0)

    def _join_problems(self, day):
        """Say why nobody can join by this agreement on a day; a list of sentences."""
        self.ensure_one()
        problems = []
        if day < self.start_date or (self.end_date and day >= self.end_date):
            problems.append(
                self.env._(
                    "Agreement %(name)s is not in force on %(date)s.",
                    name=self.name,
                    date=fields.Date.to_string(day),
                )
            )
        if self.max_memberships and self.membership_count >= self.max_memberships:
            problems.append(
                self.env._(
                    "Agreement %(name)s has no room: %(count)s people joined by it.",
                    name=self.name,
                    count=self.membership_count,
                )
            )
        return problems

    def _offering_problems(self, offering, name):
        """Say why people of this agreement can't have an offering.

        :param offering: product.template; may be empty
        :param str name: of who asks
        :return: list of sentences
        """
        self.ensure_one()
        if not offering or not self.offering_ids or offering in self.offering_ids:
            return []
        return [
            self.env._(
                "%(agreement)s does not include %(offering)s: choose another "
                "offering, or let %(name)s become a member.",
                agreement=self.name,
                offering=offering.name,
                name=name,
            )
        ]

    @api.model
    def _by_code(self, code, company):
        """Return the agreement with a code in a company; may be empty."""
        code = (code or "").strip().casefold()
        agreements = self.search([("company_id", "=", company.id)])
        return agreements.filtered(lambda one: one.code.casefold() == code)[:1]

    def action_view_memberships(self):
        """Open the people who came by this agreement."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_cooperative_membership"
        )
        action["domain"] = [("agreement_id", "=", self.id)]
        action["context"] = {"create": False}
        return action
