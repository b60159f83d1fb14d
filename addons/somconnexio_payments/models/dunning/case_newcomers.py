# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Services that fall behind while others of the account are suspended already."""

from datetime import timedelta

from odoo import api, models

from odoo.addons.somconnexio_base import lifecycle
from odoo.addons.somconnexio_base.models.membership.state_mixin import serialise


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    @api.model
    def _begin_newcomers(self, company, day):
        """Begin the ladder anew where a service fell behind after the others.

        While some services are suspended another one's bills may become overdue, or a
        suspended one was resumed by hand: they get the whole ladder, with its notices.
        """
        cases = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "clear"),
                ("step_id.action", "in", ("suspend", "terminate")),
                (
                    "line_ids",
                    "any",
                    [
                        ("amount", ">", 0),
                        ("suspended_date", "=", False),
                        ("subscription_id.telecom_state", "=", lifecycle.ACTIVE),
                    ],
                ),
            ]
        )
        for case in cases.filtered(lambda one: one._has_newcomer(day)):
            case._begin_anew()

    def _has_newcomer(self, day):
        """Tell whether a service fell behind that the last notices did not name."""
        if self.stop:
            return False
        latest = day - timedelta(days=self.policy_id.step_ids[:1].min_days)
        return any(
            line.amount > 0
            and not line.is_essential
            and not line.suspended_date
            and line.subscription_state == lifecycle.ACTIVE
            and line.oldest_due_date
            and line.oldest_due_date <= latest
            and self.step_date < day
            for line in self.line_ids
        )

    def _begin_anew(self):
        """Begin the ladder anew for those that are not suspended yet."""
        serialise(self)
        self._write_guarded(
            cycle=self.cycle + 1,
            step_id=False,
            step_date=False,
            notice_id=False,
            handed_over_date=False,
            next_step_id=False,
            next_date=False,
        )
        self._log("opened", note=self.env._("The ladder begins anew."))
        if self.state == "ended":
            self._move("open")
