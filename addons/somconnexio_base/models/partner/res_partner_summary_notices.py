# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.tools import format_datetime

from .summary_section import MAX_ROWS, row, section

NOTICE_LEVELS = {
    "failed": "danger",
    "bounced": "danger",
    "unclear": "warning",
    "delivered": "success",
}


class ResPartner(models.Model):
    """What a customer was told, in the 360° view."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add notices."""
        return [*super()._summary_sections(), self._summary_notices()]

    def _summary_notices(self):
        """Return what the customer and its contacts were told, latest first.

        Many a notice tells of a bill: who sees no bills sees none.
        """
        Notice = self.env["telecom.notice"]
        if not self._may_see_bills():
            return None
        domain = [("partner_id", "in", self._summary_family().ids)]
        notices = Notice.search(domain, order="id desc", limit=MAX_ROWS)
        states = self._selection_labels(Notice._name, "state")
        channels = self._selection_labels(Notice._name, "channel")
        return section(
            "notices",
            self.env._("Notices"),
            60,
            icon="fa-envelope-o",
            columns=[
                self.env._("When"),
                self.env._("What"),
                self.env._("How"),
                self.env._("State"),
            ],
            rows=[
                row(
                    notice,
                    [
                        format_datetime(
                            self.env, notice.announced_at, dt_format="short"
                        ),
                        notice.display_name,
                        channels.get(notice.channel),
                        states.get(notice.state),
                    ],
                    NOTICE_LEVELS.get(notice.state, ""),
                )
                for notice in notices
            ],
            count=Notice.search_count(domain),
            empty=self.env._("No notice yet"),
            button="action_view_telecom_notices",
        )
