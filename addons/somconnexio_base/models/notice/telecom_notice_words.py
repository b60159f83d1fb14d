# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging

from odoo import fields, models

_logger = logging.getLogger(__name__)


class TelecomNotice(models.Model):
    """The words of notices, made when they are about to leave."""

    _inherit = "telecom.notice"

    def _make_ready(self, channel):
        """Write down the words of notices and return their sendings.

        A notice that cannot be worded, or has nobody to go to, is noted as failed.
        """
        words = {}
        addressed = self._with_person()
        for kind, notices in addressed.grouped("kind_id").items():
            for lang, some in notices.grouped(TelecomNotice._telling_lang).items():
                words |= some._word(kind, lang)
        worded = addressed.filtered(lambda notice: notice.id in words)
        if channel == "portal":
            worded.write({"state": "shown", "sent_at": fields.Datetime.now()})
            return self.env["telecom.notice.attempt"]
        attempts = worded._open_attempts(channel)
        return getattr(attempts, f"_ready_for_{channel}")(words)

    def _with_person(self):
        """Return the notices whose person is there, note the others as failed.

        Nobody who was told something is deleted, but for who is at the same moment.
        """
        persons = set(self.partner_id.exists().ids)
        addressed = self.filtered(lambda notice: notice.partner_id.id in persons)
        (self - addressed)._fail(self.env._("The person does not exist any more."))
        return addressed

    def _telling_lang(self):
        """Return the language that the person is told in."""
        known = dict(self.env["res.lang"].get_installed())
        wished = (self.partner_id.lang, self.lang, self.company_id.partner_id.lang)
        return next((lang for lang in wished if lang in known), "en_US")

    def _word(self, kind, lang):
        """Write subject and text of notices of one kind in one language.

        :return: dict of Wording by notice id, of those that could be worded
        """
        existing = kind._existing(set(self.mapped("res_id")))
        res_ids = set(existing.ids)
        alive = self.filtered(lambda notice: notice.res_id in res_ids)
        gone = self - alive
        gone._fail(self.env._("What it is about does not exist any more."))
        if not alive:
            return {}
        try:
            with self.env.cr.savepoint():
                words = kind._render(existing.ids, lang)
        except Exception as error:  # a template's slip must not stop the others
            return alive._word_one_by_one(kind, lang, error)
        for notice in alive:
            wording = words[notice.res_id]
            notice.write(
                {"subject": wording.subject, "body": wording.body, "lang": lang}
            )
        return {notice.id: words[notice.res_id] for notice in alive}

    def _word_one_by_one(self, kind, lang, error):
        """Find the notices that cannot be worded; word the others."""
        if len(self) > 1:
            words = {}
            for notice in self:
                words |= notice._word(kind, lang)
            return words
        _logger.warning("Notice %s: its words fail: %s", kind.code, error)
        self._fail(self.env._("Its words cannot be made: %s", error))
        return {}

    def _open_attempts(self, channel):
        """Return a ready sending for each notice, those already begun first."""
        Attempt = self.env["telecom.notice.attempt"]
        begun = Attempt.search(
            [
                ("notice_id", "in", self.ids),
                ("channel", "=", channel),
                ("state", "=", "ready"),
            ]
        )
        return begun + Attempt.create(
            [
                {"notice_id": notice.id, "channel": channel}
                for notice in self - begun.notice_id
            ]
        )

    def _fail(self, reason):
        """Note notices that cannot even be tried."""
        self.write({"state": "failed", "reason": str(reason)[:500]})
