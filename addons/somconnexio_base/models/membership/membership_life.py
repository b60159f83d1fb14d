# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from .membership import LIVE_STATES


class CooperativeMembership(models.Model):
    """How a membership begins and ends."""

    _inherit = "cooperative.membership"

    def _join(self, day):
        """Let pending memberships begin: number, sponsor code, first day.

        What the same people were before, sponsored or by agreement, ends that day.

        :param date day: of the payment; nobody is a member before being admitted
        """
        numbers = self._draw_numbers()
        for membership in self:
            first = max(day, membership.admitted_date or day)
            membership._end_earlier(first)
            membership._move(
                "active",
                number=numbers[membership],
                joined_date=first,
                sponsor_code=membership._first_sponsor_code(),
            )
        self._announce("member_joined")
        self.env["telecom.webhook"]._publish("member.joined", self)

    def _webhook_payload(self):
        """Override of ``webhook`` to tell number, kind and state."""
        return [
            {
                "id": membership.id,
                "partner_id": membership.partner_id.id,
                "number": membership.number or False,
                "kind": membership.kind,
                "state": membership.state,
                "joined_date": fields.Date.to_string(membership.joined_date),
            }
            for membership in self
        ]

    def _first_sponsor_code(self):
        """Return the code by which a new member sponsors others; others have none."""
        self.ensure_one()
        if self.kind != "member":
            return False
        return self._draw_sponsor_codes(self.company_id, 1)[0]

    def _end_earlier(self, day):
        """End the membership of another kind that the same person has."""
        self.ensure_one()
        earlier = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", LIVE_STATES),
                ("id", "!=", self.id),
            ]
        )
        earlier._leave(day, "became_member")
        earlier.flush_recordset()

    def _leave(self, day, reason):
        """End memberships; ``day`` is the first that no longer belongs to them.

        :param str reason: a reason of ``cooperative.leaving``
        """
        for membership in self:
            left_date = max(day, membership.joined_date)
            membership._move("left", left_date=left_date, leaving_reason=reason)
        others = self if reason != "became_member" else self.browse()
        others._announce("member_left")
        others._warn_sponsored()

    def _cancel_pending(self):
        """Drop memberships that never began, with what was to be paid."""
        self.sudo()._open_calls()._cancel()
        for membership in self:
            membership.sudo()._write_off()
            membership._move("cancelled")

    def _warn_sponsored(self):
        """Tell the people whom these members sponsored that they need another."""
        orphans = self.sponsored_ids.filtered(lambda one: one.state in LIVE_STATES)
        orphans._announce("sponsor_left")

    def action_leave(self):
        """Open the dialog in which a member's leaving is written down."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leave"),
            "res_model": "cooperative.leaving",
            "view_mode": "form",
            "target": "current",
            "context": {"default_membership_id": self.id},
        }

    def action_become_member(self):
        """Open a request by which a sponsored person becomes a member."""
        self.ensure_one()
        self._check_may_become_member()
        partner = self.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Become a member"),
            "res_model": "cooperative.membership.request",
            "view_mode": "form",
            "context": {
                "default_kind": "member",
                "default_partner_id": partner.id,
                "default_company_id": self.company_id.id,
            },
        }

    def _check_may_become_member(self):
        """Raise when somebody is a member already, or has left."""
        for membership in self:
            if membership.kind == "member" or membership.state not in LIVE_STATES:
                raise UserError(
                    self.env._(
                        "%(membership)s (%(kind)s, %(state)s) cannot become a member: "
                        "only who is sponsored or came by an agreement can.",
                        membership=membership.display_name,
                        kind=membership._kind_label(),
                        state=membership._state_labels()[membership.state],
                    )
                )

    @api.private
    def is_in_force(self, day=None):
        """Tell whether a membership is in force on a day.

        :param date day: today in the company's time zone by default
        """
        self.ensure_one()
        day = fields.Date.to_date(day) or self.company_id._telecom_today()
        return bool(
            self.joined_date
            and self.joined_date <= day
            and (not self.left_date or day < self.left_date)
        )
