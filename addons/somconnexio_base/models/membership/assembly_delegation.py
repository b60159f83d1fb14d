# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CooperativeAssemblyDelegation(models.Model):
    """A member lets another vote for them in one assembly."""

    _name = "cooperative.assembly.delegation"
    _description = "Delegation of a Vote"
    _order = "id"
    _check_company_auto = True
    _rec_name = "giver_id"

    assembly_id = fields.Many2one(
        "cooperative.assembly", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="assembly_id.company_id", store=True, precompute=True, index=True
    )
    giver_id = fields.Many2one(
        "cooperative.membership",
        string="Member",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('kind', '=', 'member')]",
    )
    holder_id = fields.Many2one(
        "cooperative.membership",
        string="Represented by",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('kind', '=', 'member')]",
    )
    received_date = fields.Date(
        string="Received on", default=lambda self: self.env.company._telecom_today()
    )

    _one_per_giver = models.Constraint(
        "UNIQUE (assembly_id, giver_id)",
        "This member has already delegated the vote for this assembly.",
    )
    _other_holder = models.Constraint(
        "CHECK (giver_id != holder_id)", "Nobody delegates the vote to themselves."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to check under a lock that the rules are kept."""
        delegations = super().create(vals_list)
        delegations._check_rules()
        return delegations

    def write(self, vals):
        """Override of ``base`` to check under a lock that the rules are kept."""
        result = super().write(vals)
        self._check_rules()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._check_assembly_open()

    def _check_rules(self):
        """Raise when a delegation is not allowed.

        Both members' rows are locked, so that two delegations written at the same
        time cannot pass the limit or form a chain together.
        """
        if not self:
            return
        self.flush_recordset()
        (self.giver_id | self.holder_id).sudo()._serialise()
        self._check_assembly_open()
        self._check_voters()
        for assembly, delegations in self.grouped("assembly_id").items():
            assembly.invalidate_recordset(["delegation_ids"])
            delegations._check_limit()
            delegations._check_no_chain()

    def _check_assembly_open(self):
        for assembly in self.assembly_id:
            if assembly.state == "closed":
                raise ValidationError(
                    self.env._(
                        "%s has been held: its delegations stay as they are.",
                        assembly.name,
                    )
                )

    def _check_voters(self):
        """Raise unless giver and holder have a vote on the day of the census."""
        Membership = self.env["cooperative.membership"]
        for assembly, delegations in self.grouped("assembly_id").items():
            members = delegations.giver_id | delegations.holder_id
            voters = Membership.search(
                [("id", "in", members.ids), *assembly._voters_domain()]
            )
            for membership in members - voters:
                raise ValidationError(
                    self.env._(
                        "%(member)s has no vote: the census of %(date)s does not have "
                        "them.",
                        member=membership.display_name,
                        date=fields.Date.to_string(assembly.census_date),
                    )
                )

    def _check_limit(self):
        """Raise when somebody would represent more members than allowed."""
        assembly = self.assembly_id
        for holder in self.holder_id:
            held = assembly.delegation_ids.filtered(
                lambda one, holder=holder: one.holder_id == holder
            )
            if len(held) > assembly.max_delegations:
                raise ValidationError(
                    self.env._(
                        "%(holder)s would represent %(count)s members: the most is "
                        "%(limit)s.",
                        holder=holder.display_name,
                        count=len(held),
                        limit=assembly.max_delegations,
                    )
                )

    def _check_no_chain(self):
        """Raise when somebody both delegates and represents."""
        all_of_them = self.assembly_id.delegation_ids
        for membership in all_of_them.giver_id & all_of_them.holder_id:
            raise ValidationError(
                self.env._(
                    "%s has delegated the vote and cannot represent others.",
                    membership.display_name,
                )
            )
