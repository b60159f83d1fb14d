# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import states


class CooperativeAssembly(models.Model):
    """An assembly of the members: who may vote, and who votes for whom.

    One member, one vote. The census is that of ``census_date``; it can be asked for
    any day, for memberships are dated and never rewritten.
    """

    _name = "cooperative.assembly"
    _description = "Assembly"
    _inherit = ["mail.thread", "mail.activity.mixin", "cooperative.state.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _state_table = states.ASSEMBLY

    name = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("called", "Called"), ("closed", "Closed")],
        required=True,
        default="draft",
        tracking=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("ordinary", "Ordinary"), ("extraordinary", "Extraordinary")],
        required=True,
        default="ordinary",
    )
    date = fields.Date(required=True, tracking=True)
    place = fields.Char()
    census_date = fields.Date(
        string="Census of",
        required=True,
        compute="_compute_census_date",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Who is a member on this day has one vote.",
    )
    max_delegations = fields.Integer(
        string="Votes by delegation",
        compute="_compute_max_delegations",
        store=True,
        readonly=False,
        precompute=True,
        help="How many other members one member may represent.",
    )
    voter_count = fields.Integer(
        string="Members with a vote", compute="_compute_counts"
    )
    delegation_count = fields.Integer(
        string="Votes delegated", compute="_compute_counts"
    )
    delegation_ids = fields.One2many(
        "cooperative.assembly.delegation", "assembly_id", string="Delegations"
    )
    note = fields.Html()

    _max_delegations_not_negative = models.Constraint(
        "CHECK (coalesce(max_delegations, 0) >= 0)",
        "The votes by delegation must be zero or more.",
    )

    @api.depends("date")
    def _compute_census_date(self):
        for assembly in self:
            assembly.census_date = assembly.census_date or assembly.date

    @api.depends("company_id")
    def _compute_max_delegations(self):
        for assembly in self:
            assembly.max_delegations = assembly.company_id.cooperative_max_delegations

    @api.depends("census_date", "delegation_ids")
    def _compute_counts(self):
        Membership = self.env["cooperative.membership"]
        for assembly in self:
            assembly.voter_count = Membership.search_count(assembly._voters_domain())
            assembly.delegation_count = len(assembly.delegation_ids)

    def _voters_domain(self):
        """Return the domain of the memberships with a vote."""
        self.ensure_one()
        day = self.census_date or self.company_id._telecom_today()
        return self.env["cooperative.membership"]._members_domain(self.company_id, day)

    def write(self, vals):
        """Override of ``base`` to keep the census of an assembly that was held."""
        fixed = {"date", "census_date", "company_id", "max_delegations"} & vals.keys()
        if fixed and any(one.state == "closed" for one in self):
            raise UserError(
                self.env._(
                    "The assembly has been held: %s cannot be changed.",
                    ", ".join(self._field_labels(fixed)),
                )
            )
        if {"census_date", "max_delegations"} & vals.keys():
            result = super().write(vals)
            self.delegation_ids._check_rules()
            return result
        return super().write(vals)

    def action_call(self):
        """Call the assembly: delegations can be written down."""
        self._move("called")
        return True

    def action_draft(self):
        """Take the call back."""
        self._move("draft")
        return True

    def action_close(self):
        """Close the assembly after it was held; census and delegations stay."""
        self._move("closed")
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.filtered(lambda one: one.state != "draft")._refuse_deletion()

    def action_view_voters(self):
        """Open the members who have a vote."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_cooperative_membership"
        )
        action["domain"] = self._voters_domain()
        action["context"] = {"create": False}
        return action

    def action_print_census(self):
        """Open the dialog that makes the census as PDF or spreadsheet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_cooperative_register"
        )
        action["context"] = {
            "default_book": "census",
            "default_date": fields.Date.to_string(self.census_date),
            "default_assembly_id": self.id,
            "default_company_id": self.company_id.id,
        }
        return action
