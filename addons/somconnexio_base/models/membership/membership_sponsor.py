# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...cooperative import sponsor_code as codes
from .membership import LIVE_STATES


class CooperativeMembership(models.Model):
    """Members let others have services without a share: they sponsor them."""

    _inherit = "cooperative.membership"

    sponsor_code = fields.Char(
        copy=False,
        index="btree_not_null",
        help="Whom the member gives it to may ask to be sponsored.",
    )
    sponsor_id = fields.Many2one(
        "cooperative.membership",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Who sponsors, or brought the member in.",
    )
    sponsored_ids = fields.One2many(
        "cooperative.membership", "sponsor_id", string="Sponsored people"
    )
    sponsored_count = fields.Integer(compute="_compute_sponsored_count")
    sponsor_chain = fields.Char(
        compute="_compute_sponsor_chain",
        help="Who brought this person in, who brought that one in, and so on.",
    )

    @api.constrains("sponsor_id")
    def _check_sponsor_chain(self):
        if self._has_cycle("sponsor_id"):
            raise ValidationError(
                self.env._("Nobody can be sponsored, over others, by themselves.")
            )

    @api.constrains("kind", "sponsor_id", "agreement_id")
    def _check_kind_complete(self):
        for membership in self:
            if membership.kind == "sponsored" and not membership.sponsor_id:
                raise ValidationError(
                    self.env._("%s needs a sponsor.", membership.partner_id.name)
                )
            if membership.kind == "agreement" and not membership.agreement_id:
                raise ValidationError(
                    self.env._(
                        "%s needs the agreement they came by.",
                        membership.partner_id.name,
                    )
                )

    @api.depends("sponsored_ids.state", "sponsored_ids.kind")
    def _compute_sponsored_count(self):
        counts = dict(
            self._read_group(
                [
                    ("sponsor_id", "in", self.ids),
                    ("kind", "=", "sponsored"),
                    ("state", "in", LIVE_STATES),
                ],
                ["sponsor_id"],
                ["__count"],
            )
        )
        for membership in self:
            membership.sponsored_count = counts.get(membership, 0)

    @api.depends("sponsor_id")
    def _compute_sponsor_chain(self):
        for membership in self:
            names = membership._sponsor_chain().mapped("partner_id.name")
            membership.sponsor_chain = " ← ".join(names)

    @api.model
    def _by_sponsor_code(self, code, company):
        """Return the member who sponsors by a code; may be empty."""
        code = codes.compact(code)
        if not code:
            return self.browse()
        return self.search(
            [
                ("sponsor_code", "=", code),
                ("company_id", "=", company.id),
                ("kind", "=", "member"),
            ],
            limit=1,
        )

    def _sponsor_problems(self, excluded_request=None):
        """Say why this member can't sponsor one more; a list of sentences.

        :param excluded_request: the request that is asking, not counted
        """
        self.ensure_one()
        if self.kind != "member" or self.state != "active":
            return [
                self.env._(
                    "%s is not an active member and cannot sponsor anybody.",
                    self.partner_id.name,
                )
            ]
        limit = self.company_id.cooperative_max_sponsored
        asking = self.env["cooperative.membership.request"].search_count(
            [
                ("sponsor_id", "=", self.id),
                ("kind", "=", "sponsored"),
                ("state", "=", "received"),
                ("id", "!=", excluded_request.id if excluded_request else 0),
            ]
        )
        if self.sponsored_count + asking >= limit:
            return [
                self.env._(
                    "%(member)s already sponsors %(count)s people and %(asking)s more "
                    "have asked: the most is %(limit)s.",
                    member=self.partner_id.name,
                    count=self.sponsored_count,
                    asking=asking,
                    limit=limit,
                )
            ]
        return []

    def _sponsor_chain(self):
        """Return who sponsored this person, who sponsored that one, and so on."""
        self.ensure_one()
        chain = self.browse()
        link = self.sponsor_id
        while link and link not in chain:
            chain += link
            link = link.sponsor_id
        return chain

    def set_sponsor(self, sponsor_code):
        """Let the member with a code sponsor these people from now on: for programs.

        :param str sponsor_code: as somebody typed it
        :return: True
        :raise UserError: when nobody sponsors by the code, or that member can't
        """
        self.check_access("write")
        for company, memberships in self.grouped("company_id").items():
            sponsor = self._by_sponsor_code(sponsor_code, company)
            if not sponsor:
                raise UserError(
                    self.env._(
                        "No member sponsors by the code “%s”: compare each letter.",
                        sponsor_code or "",
                    )
                )
            memberships.change_sponsor(sponsor)
        return True

    @api.private
    def change_sponsor(self, sponsor):
        """Let another member sponsor these people from now on.

        :param sponsor: cooperative.membership of a member with room
        :raise UserError: when that member can't, or somebody is not sponsored
        """
        for membership in self:
            if membership.kind != "sponsored" or membership.state not in LIVE_STATES:
                raise UserError(
                    self.env._("%s is not sponsored.", membership.display_name)
                )
            sponsor._serialise()
            if problems := sponsor._sponsor_problems():
                raise UserError("\n".join(problems))
            membership._write_guarded(sponsor_id=sponsor.id)

    def action_view_sponsored(self):
        """Open the people this member sponsors or brought in."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_cooperative_membership"
        )
        action["domain"] = [("sponsor_id", "=", self.id)]
        action["context"] = {"create": False}
        return action
