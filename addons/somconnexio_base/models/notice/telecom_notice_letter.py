# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices by letter: printed by people, who note on which day they were handed over."""

from datetime import datetime, time

from odoo import models

from ...letters.letter import Letter, write_letters
from ...notices import plans
from ..membership.book_text import LocalText
from ..pdf_document import font_folders


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    def _letters_waiting(self):
        """Return those of these notices that wait for their letter."""
        return self.filtered(
            lambda one: (one.channel, one.state) == (plans.POST, "waiting")
        )

    def _go_by_post(self):
        """Let what did not arrive by any other channel go by letter."""
        lost = self.filtered(lambda one: one.state in ("failed", "bounced"))
        lost.write(
            {"state": "waiting", "channel": plans.POST, "channel_plan": "letter"}
        )

    def _write_letters(self):
        """Return the letters of these notices as one PDF file.

        Words that a mail told already stay as they were.

        :return: bytes, empty when none could be worded
        """
        fresh = self.filtered(lambda notice: not notice.body)
        for kind, notices in fresh.grouped("kind_id").items():
            for lang, some in notices.grouped(lambda one: one._telling_lang()).items():
                some._word(kind, lang)
        worded = self.filtered("body")
        letters = [notice._letter() for notice in worded]
        return write_letters(letters, font_folders()) if letters else b""

    def _letter(self):
        """Return what the letter of a notice says."""
        company, person = self.company_id, self.partner_id
        text = LocalText(self.lang, company.currency_id.name)
        today = text.long_date(company._telecom_today())
        return Letter(
            sender=[company.name, *_address_lines(company.partner_id)],
            address=[person.name or "", *_address_lines(person)],
            place_and_date=", ".join(filter(None, (company.city, today))),
            subject=self.subject or "",
            body=str(self.body or ""),
        )

    def _hand_over(self, day, note):
        """Note that letters were handed over; those notices are delivered.

        :param date day: civil day
        :param str note: what proves it
        """
        letters = self._letters_waiting()
        handed_at = datetime.combine(day, time(12))
        self.env["telecom.notice.attempt"].create(
            [
                {
                    "notice_id": letter.id,
                    "channel": plans.POST,
                    "state": "delivered",
                    "address": ", ".join(_address_lines(letter.partner_id)),
                    "started_at": handed_at,
                    "answered_at": handed_at,
                    "delivered_at": handed_at,
                    "reason": note,
                    "user_id": self.env.uid,
                }
                for letter in letters
            ]
        )
        letters.write({"state": "delivered", "sent_at": handed_at, "reason": note})

    def _withdraw(self, reason):
        """Take back what waits, as it has become wrong.

        What one of several channels told already stays told.
        """
        waiting = self.filtered(lambda notice: notice.state == "waiting")
        told = waiting.attempt_ids.filtered(
            lambda attempt: attempt.state in ("sent", "delivered")
        ).notice_id
        told.write({"state": "sent", "reason": reason})
        (waiting - told).write({"state": "cancelled", "reason": reason})


def _address_lines(partner):
    """Return the lines of a partner's postal address, without the name."""
    town = " ".join(filter(None, (partner.zip, partner.city)))
    country = partner.country_id
    abroad = country != partner.env.company.country_id and country.name
    lines = (partner.street, partner.street2, town, partner.state_id.name, abroad)
    return [line for line in lines if line]
