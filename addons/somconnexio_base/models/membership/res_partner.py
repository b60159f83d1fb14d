# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from .membership import LIVE_STATES


class ResPartner(models.Model):
    _inherit = "res.partner"

    membership_ids = fields.One2many(
        "cooperative.membership",
        "partner_id",
        string="Memberships",
        groups="somconnexio_base.group_telecom_user",
    )
    is_cooperative_member = fields.Boolean(
        string="Member",
        compute="_compute_is_cooperative_member",
        store=True,
        compute_sudo=True,
        help="Holds share capital and has a vote.",
    )
    cooperative_membership_label = fields.Char(
        string="Membership",
        compute="_compute_cooperative_membership_label",
        groups="somconnexio_base.group_telecom_user",
    )

    def _auto_init(self):
        """Override of ``base``: nobody is a member yet, so nothing is computed.

        A database with a million partners would compute each of them on installing.
        """
        if not column_exists(self.env.cr, self._table, "is_cooperative_member"):
            create_column(self.env.cr, self._table, "is_cooperative_member", "boolean")
        return super()._auto_init()

    @api.depends("membership_ids.state", "membership_ids.kind")
    def _compute_is_cooperative_member(self):
        for partner in self:
            partner.is_cooperative_member = any(
                membership.kind == "member" and membership.state in LIVE_STATES
                for membership in partner.membership_ids
            )

    @api.depends("membership_ids.state", "membership_ids.number")
    def _compute_cooperative_membership_label(self):
        for partner in self:
            current = partner._cooperative_memberships(self.env.company)[:1]
            label = (
                current and f"{current._kind_label()} {current.number or ''}".strip()
            )
            partner.cooperative_membership_label = label or False

    def _cooperative_memberships(self, company):
        """Return the memberships of a partner in a company that have not ended.

        Those in force come before those that wait for a payment.
        """
        if not self:
            return self.env["cooperative.membership"]
        return self.env["cooperative.membership"].search(
            [
                ("partner_id", "in", (self | self.commercial_partner_id).ids),
                ("company_id", "=", company.id),
                ("state", "in", (*LIVE_STATES, "pending")),
            ],
            order="state, id",
        )

    def _holder_problems(self, offering):
        """Say why this partner may not hold a subscription of an offering.

        Other addons extend it with rules of their own.

        :param offering: product.template or product.product; may be empty, then only
            the membership is asked for
        :return: list of translated sentences, empty when the partner may
        """
        self.ensure_one()
        company = self.env.company
        memberships = self._cooperative_memberships(company)
        problems = []
        if company.cooperative_requires_membership:
            problems += self._membership_needed_problems(memberships)
        current = memberships.filtered(lambda one: one.state in LIVE_STATES)[:1]
        template = (
            offering.product_tmpl_id
            if offering._name == "product.product"
            else offering
        )
        if current.kind == "agreement":
            problems += current.agreement_id._offering_problems(template, self.name)
        return problems

    def _agreements(self, company):
        """Return the agreements by which partners are in a cooperative now.

        :return: {partner: cooperative.agreement}, without those who came by none
        """
        if not self:
            return {}
        memberships = self.env["cooperative.membership"].search(
            [
                ("partner_id", "in", (self | self.commercial_partner_id).ids),
                ("company_id", "=", company.id),
                ("kind", "=", "agreement"),
                ("state", "in", LIVE_STATES),
            ]
        )
        agreements = {one.partner_id: one.agreement_id for one in memberships}
        if not agreements:
            return {}
        found = {
            partner: agreements.get(partner)
            or agreements.get(partner.commercial_partner_id)
            for partner in self
        }
        return {partner: agreement for partner, agreement in found.items() if agreement}

    def _membership_needed_problems(self, memberships):
        """Say what is missing for services that are for members only."""
        if not memberships:
            return [
                self.env._(
                    "%s is no member, nor sponsored, nor of an agreement: make a "
                    "membership request first.",
                    self.name,
                )
            ]
        current = memberships[0]
        sponsor = current.sponsor_id
        if current.kind == "sponsored" and sponsor.state not in LIVE_STATES:
            return [
                self.env._(
                    "%(sponsor)s, who sponsored %(name)s, has left: find another "
                    "sponsor, or let them become a member.",
                    sponsor=sponsor.partner_id.name,
                    name=self.name,
                )
            ]
        return []

    def action_view_cooperative_memberships(self):
        """Open the memberships of this partner, past ones too."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_cooperative_membership"
        )
        action["domain"] = [("partner_id", "child_of", self.id)]
        action["context"] = {"create": False}
        memberships = self.sudo(False).membership_ids
        if len(memberships) == 1:
            action.update(
                res_id=memberships.id, view_mode="form", views=[(False, "form")]
            )
        return action

    def action_request_membership(self):
        """Open a new membership request for this partner."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Membership request"),
            "res_model": "cooperative.membership.request",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.id,
                "default_applicant_kind": "company" if self.is_company else "person",
            },
        }
