# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ... import sql_steps

KIND = "bill_ready"


class TelecomBillDelivery(models.Model):
    """Each delivery is a notice too: people find all that was told in one list.

    Bills are sent here, with their own pace and claims; the notice only follows.
    """

    _inherit = "telecom.bill.delivery"

    def write(self, vals):
        """Let the notices follow what becomes of the deliveries."""
        result = super().write(vals)
        if "state" in vals:
            self._follow_notices()
        return result

    def _announce(self):
        """Make the notices of these deliveries that are not there yet."""
        self.env["telecom.notice"]._announce(KIND, self.move_id)
        self._follow_notices()

    def _follow_notices(self):
        """Bring the notices, and the proof of their sendings, in line."""
        kind = self.env["telecom.notice.kind"]._by_code(KIND)
        self.env.flush_all()
        params = {"delivery_ids": self.ids, "kind_id": kind.id}
        sql_steps.run(self.env, "80a_follow_deliveries", **params)
        sql_steps.run(self.env, "80b_insert_attempts", **params)
        self.env["telecom.notice"].invalidate_model()
        self.env["telecom.notice.attempt"].invalidate_model()
