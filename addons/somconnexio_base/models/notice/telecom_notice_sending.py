# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Send what waits: slice by slice, so many a minute, each message once.

Neither a mail server nor a gateway takes part in a transaction, so each message goes
through three that are committed at once: *ready* with its words, *sending* before it
leaves, and its outcome. Whatever is killed in between leaves at most the few messages
that were on their way "being sent"; the next sender finds them and settles them: asks
the gateway, or calls them unclear. Only one sender of a channel works for a company at
a time.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ... import sql_steps
from ...notices import plans
from .own_transaction import own_transaction

SLICE_SIZE = 50
LOCK_NAME = "telecom.notice"


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    @api.model
    def _cron_send(self, channel):
        """Send what waits in one channel, company by company, until time is up.

        :param str channel: mail, sms or portal
        """
        Cron = self.env["ir.cron"]
        for company in self.env["res.company"].sudo().search([]):
            while count := self.sudo()._send_slice(company, channel):
                if not Cron._commit_progress(count):
                    return
            Cron._commit_progress()

    def _send_slice(self, company, channel):
        """Send the next notices of a company by a channel.

        :return: int, how many were handled; 0 when there is nothing to do now
        """
        if company.telecom_notices_held or not self._is_lone_sender(company, channel):
            return 0
        with own_transaction(self) as committed:
            committed._settle_interrupted(company, channel)
        limit = self._room_now(company, channel)
        due = self._list_due(company, channel, limit)
        if not due:
            return 0
        with own_transaction(due) as committed:
            ours = committed._take_due(channel)
            ready_ids = ours._make_ready(channel).ids
        ready = self.env["telecom.notice.attempt"].browse(ready_ids)
        if ready:
            getattr(ready, f"_send_by_{channel}")(company)
        self.env.invalidate_all()
        return len(ours)

    def _is_lone_sender(self, company, channel):
        """Be the only sender of a company's channel until this transaction ends."""
        ((is_locked,),) = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                f"{LOCK_NAME}.{channel}",
                company.id,
            )
        )
        return is_locked

    def _room_now(self, company, channel):
        """Return how many messages may leave now, by the limit of the minute."""
        if channel == "portal":
            return SLICE_SIZE
        if channel == plans.SMS:
            allowed = company.telecom_sms_gateway_id._messages_per_minute_now()
        else:
            allowed = company.telecom_notice_mails_per_minute
        Attempt = self.env["telecom.notice.attempt"]
        minute_ago = fields.Datetime.subtract(fields.Datetime.now(), minutes=1)
        recent = Attempt.search_count(
            [
                ("company_id", "=", company.id),
                ("channel", "=", channel),
                ("started_at", ">", minute_ago),
            ],
            limit=allowed or None,
        )
        return min(SLICE_SIZE, max(allowed - recent, 0))

    def _list_due(self, company, channel, limit):
        """Return the notices to send next, the most urgent kinds first."""
        if limit <= 0:
            return self.browse()
        domain = [("is_sent_outside", "!=", True)]
        if company._telecom_is_quiet() and channel != "portal":
            domain.append(("respects_quiet_hours", "!=", True))
        kinds = (
            self.env["telecom.notice.kind"]
            .with_context(active_test=False)
            .search(domain, order="priority desc, id")
        )
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env,
            "notice/20_list_due",
            kind_ids=kinds.ids,
            company_id=company.id,
            channel=channel,
            row_limit=limit,
            now_at=fields.Datetime.now(),
        )
        return self.browse([row["id"] for row in rows])

    def _take_due(self, channel):
        """Return the notices that still wait and that nobody else holds."""
        return self.try_lock_for_update().filtered(
            lambda notice: notice.state == "waiting" and notice.channel == channel
        )

    def _settle_interrupted(self, company, channel):
        """Find out what became of messages whose sender died: nobody else sends now."""
        attempts = self.env["telecom.notice.attempt"].search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", channel),
                ("state", "=", "sending"),
                ("notice_id.kind_id.is_sent_outside", "!=", True),
            ]
        )
        attempts._settle(self.env._("The sending was interrupted."))

    def _follow(self, channel, state, reason, now):
        """Bring notices in line with the outcome of their sending by a channel.

        A notice that went on to its next channel is not called back by what is heard
        of the one before.
        """
        is_told = state in ("sent", "delivered")
        following = self.filtered(
            lambda notice: (
                notice.channel == channel
                and notice.state
                in ("waiting", "sending", "sent", "delivered", "unclear")
            )
        )
        for plan_code, notices in following.grouped(
            lambda one: one._plan_code()
        ).items():
            then = None
            if state not in ("unclear", "delivered"):
                then = plans.next_channel(plan_code, channel, is_told)
            if then:
                vals = {"state": "waiting", "channel": then, "reason": reason}
            else:
                vals = {"state": state, "reason": reason}
            if state == "sent":
                vals["sent_at"] = now
            notices.write(vals)
            if not then and not is_told:
                notices._keep_what_was_told(reason)

    def _keep_what_was_told(self, reason):
        """Call notices sent that failed in their last channel but not in all."""
        told = self.attempt_ids.filtered(
            lambda attempt: attempt.state in ("sent", "delivered")
        )
        for notice in told.notice_id:
            if plans.PLANS[notice._plan_code()].is_each:
                notice.write({"state": "sent", "reason": reason})
