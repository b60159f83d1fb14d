# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ..partner.summary_section import fact, row, section

STATE_LEVELS = {"active": "success", "pending": "warning", "leaving": "warning"}


class ResPartner(models.Model):
    """Memberships in the 360° view, and what stands against making two people one."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override of ``partner`` to add the memberships."""
        return [*super()._summary_sections(), self._summary_memberships()]

    def _summary_memberships(self):
        """Return the memberships with kind, state and share capital."""
        memberships = self.env["cooperative.membership"].search(
            [("partner_id", "=", self.id)]
        )
        current = memberships.filtered("sponsor_code")[:1]
        return section(
            "memberships",
            self.env._("Membership"),
            15,
            icon="fa-id-card-o",
            facts=self._summary_capital(memberships, current.sponsor_code),
            columns=[
                self.env._("Number"),
                self.env._("Kind"),
                self.env._("State"),
                self.env._("Since"),
                self.env._("Paid"),
            ],
            rows=[self._summary_membership(membership) for membership in memberships],
            empty=self.env._("No membership"),
            button="action_view_cooperative_memberships",
        )

    def _summary_capital(self, memberships, sponsor_code):
        """Return the sponsor code, and what is owed either way, as facts."""
        owed = sum(one.called_amount - one.paid_amount for one in memberships)
        refundable = sum(memberships.mapped("refundable_amount"))
        currency = memberships.currency_id[:1]
        facts = []
        if sponsor_code:
            facts.append(fact(self.env._("Sponsor code"), sponsor_code))
        if owed > 0:
            label = self.env._("Contribution owed")
            facts.append(fact(label, currency.format(owed), "warning"))
        if refundable > 0:
            facts.append(
                fact(self.env._("To be refunded"), currency.format(refundable))
            )
        return facts

    def _summary_membership(self, membership):
        """Return the line of one membership."""
        paid = membership.currency_id.format(membership.paid_amount)
        return row(
            membership,
            [
                membership.number,
                membership._kind_label(),
                membership._state_labels()[membership.state],
                self._shown_date(membership.joined_date),
                paid if membership.kind == "member" else "",
            ],
            STATE_LEVELS.get(membership.state, "muted"),
        )

    def _merge_problems(self):
        """Override of ``partner``: two memberships in force are not made one."""
        problems = super()._merge_problems()
        open_ones = self.env["cooperative.membership"].search(
            [
                ("partner_id", "in", self.ids),
                ("state", "in", ("pending", "active", "leaving")),
            ]
        )
        for company, memberships in open_ones.grouped("company_id").items():
            if len(memberships) > 1:
                problems.append(
                    self.env._(
                        "%(memberships)s are both in force in %(company)s: let one of "
                        "them leave before you merge.",
                        memberships=", ".join(memberships.mapped("display_name")),
                        company=company.name,
                    )
                )
        return problems
