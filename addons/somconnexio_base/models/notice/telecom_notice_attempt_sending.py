# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import SQL


class TelecomNoticeAttempt(models.Model):
    """What sendings of all channels share: claimed, put off, settled."""

    _inherit = "telecom.notice.attempt"

    def _claim(self):
        """Begin to send what is ready; from now on nobody else does.

        :return: the sendings that are ours
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "UPDATE telecom_notice_attempt AS attempt SET state = 'sending',"
                " started_at = %s, try_count = coalesce(try_count, 0) + 1"
                " FROM telecom_notice AS notice WHERE attempt.id = ANY(%s)"
                " AND attempt.state = 'ready' AND attempt.notice_id = notice.id"
                " AND notice.state = 'waiting' RETURNING attempt.id, notice.id",
                fields.Datetime.now(),
                self.ids,
            )
        )
        self.invalidate_recordset()
        notices = self.env["telecom.notice"].browse([row[1] for row in rows])
        notices.write({"state": "sending"})
        return self.browse([row[0] for row in rows])

    def _put_off(self, seconds, reason):
        """Let notices wait: nothing of them has left."""
        until = fields.Datetime.add(fields.Datetime.now(), seconds=seconds)
        self.write({"state": "ready"})
        self.notice_id.write(
            {"state": "waiting", "not_before_at": until, "reason": str(reason)[:500]}
        )

    def _settle(self, why):
        """Note messages of which nobody knows whether they left.

        An SMS gateway that can be asked is asked; the rest waits for a person.
        """
        settled = self.filtered("gateway_id")._ask_gateway(why)
        for attempt in self - settled:
            attempt._end(
                "unclear",
                self.env._(
                    "The message may have arrived: ask, then send it again. (%s)", why
                ),
            )
