# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices by mail: through Odoo's outgoing mail, one message at a time."""

import smtplib

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import Command, models
from odoo.exceptions import UserError

from .own_transaction import own_transaction


class TelecomNoticeAttempt(models.Model):
    _inherit = "telecom.notice.attempt"

    def _ready_for_mail(self, _words):
        """Make the mails of these sendings; return those that have an address."""
        for attempt in self:
            attempt.address = attempt.notice_id.partner_id.email_formatted or False
        silent = self.filtered(lambda attempt: not attempt.address)
        silent._end("failed", self.env._("The person has no e-mail address."))
        refusing = (self - silent)._on_mail_blacklist()
        refusing._end("failed", self.env._("The address wants no mail."))
        ready = self - silent - refusing
        ready.mail_id.unlink()
        mails = self.env["mail.mail"].create([one._mail_values() for one in ready])
        for attempt, mail in zip(ready, mails, strict=True):
            attempt.write({"mail_id": mail.id, "message_key": mail.message_id})
        return ready

    def _on_mail_blacklist(self):
        """Return the sendings to addresses on Odoo's list of those who want no mail.

        What the law or the contract asks for goes there all the same.
        """
        optional = self.filtered(lambda one: not one.notice_id.purpose_id.is_mandatory)
        addresses = optional.mapped("notice_id.partner_id.email_normalized")
        refused = self.env["mail.blacklist"].search([("email", "in", addresses)])
        refused = set(refused.mapped("email"))
        return optional.filtered(
            lambda one: one.notice_id.partner_id.email_normalized in refused
        )

    def _mail_values(self):
        """Return the values of the mail, not yet for Odoo's own mail queue to see."""
        notice = self.notice_id
        company = notice.company_id
        body, headers = notice.body, {"Auto-Submitted": "auto-generated"}
        if not notice.purpose_id.is_mandatory:
            url = notice._refusal_url()
            body += notice._refusal_footer(url)
            headers["List-Unsubscribe"] = f"<{url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return {
            "subject": notice.subject,
            # What the record's history shows: without the personal link to refuse.
            "body": notice.body,
            "body_html": body,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "recipient_ids": [Command.set(notice.partner_id.ids)],
            "model": notice.model,
            "res_id": notice.res_id,
            "headers": repr(headers),
            "auto_delete": False,
            "state": "cancel",
        }

    def _send_by_mail(self, company):
        """Send mails one after the other, each claimed before and noted after.

        A mail server that is down fails no mail: they wait for the next turn.
        """
        if not self or not self._is_mail_server_there(company):
            return
        for attempt in self:
            with own_transaction(attempt) as committed:
                is_claimed = committed._claim()
            if is_claimed:
                attempt._send_mail_once()

    def _is_mail_server_there(self, company):
        """Return whether the outgoing mail server can be reached."""
        sender = company.email or None
        try:
            session = self.env["ir.mail_server"]._connect__(smtp_from=sender)
        except (OSError, UserError, smtplib.SMTPException) as error:
            reason = self.env._("The outgoing mail server cannot be reached: %s", error)
            with own_transaction(self) as committed:
                committed._put_off(60, reason)
            return False
        if session:
            session.quit()
        return True

    def _send_mail_once(self):
        """Hand one claimed mail to the server and note what it said."""
        try:
            with own_transaction(self) as attempt:
                mail = attempt.mail_id
                mail.state = "outgoing"
                mail.send()
                if mail.state == "sent":
                    attempt._end("sent", message_key=mail.message_id)
                else:
                    attempt._end("failed", mail.failure_reason)
        except (smtplib.SMTPException, OSError, OperationalError) as error:
            with own_transaction(self) as attempt:
                attempt._settle(error)


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    def _refusal_url(self):
        """Return the address where the person refuses the purpose of this notice."""
        return self.env["telecom.notice.refusal"]._url(
            self.partner_id, self.purpose_id, self.get_base_url()
        )

    def _refusal_footer(self, url):
        """Return the lines under a mail that can be refused, in its language."""
        env = self.with_context(lang=self.lang).env
        return Markup(
            '<p style="font-size: 12px; color: #666666;">{} <a href="{}">{}</a></p>'
        ).format(
            env._(
                "You get this mail because of “%s”.",
                self.with_env(env).purpose_id.name,
            ),
            url,
            env._("I want no more of these"),
        )
