# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.tools import formatLang

from .summary_section import row, section


class ResPartner(models.Model):
    """Membership in the 360° view, and what it forbids when partners are merged."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add memberships."""
        return [*super()._summary_sections(), self._summary_membership()]

    def _summary_membership(self):
        """Return the memberships of a customer with their capital."""
        Membership = self.env["cooperative.membership"]
        memberships = Membership.search([("partner_id", "=", self.id)], order="id desc")
        kinds = self._selection_labels(Membership._name, "kind")
        states = self._selection_labels(Membership._name, "state")
        return section(
            "membership",
            self.env._("Membership"),
            15,
            icon="fa-handshake-o",
            columns=[
                self.env._("Number"),
                self.env._("Kind"),
                self.env._("State"),
                self.env._("Since"),
                self.env._("Paid in"),
            ],
            rows=[
                row(
                    membership,
                    [
                        membership.number,
                        kinds.get(membership.kind),
                        states.get(membership.state),
                        self._shown_date(membership.joined_date),
                        formatLang(
                            self.env,
                            membership.paid_amount,
                            currency_obj=membership.currency_id,
                        ),
                    ],
                    "muted" if membership.left_date else "success",
                )
                for membership in memberships
            ],
            empty=self.env._("No member"),
        )

    def _merge_problems(self):
        """Override to keep two memberships apart: one person has one."""
        problems = super()._merge_problems()
        groups = (
            self.env["cooperative.membership"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.ids), ("left_date", "=", False)],
                ["company_id"],
                ["partner_id:count_distinct"],
            )
        )
        if any(count > 1 for _company, count in groups):
            problems.append(
                self.env._(
                    "Both are members. Transfer the capital of one to the other and end"
                    " that membership before you merge."
                )
            )
        return problems
