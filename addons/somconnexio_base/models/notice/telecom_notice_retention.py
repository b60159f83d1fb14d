# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What was said is forgotten after some time; that it was said stays."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ... import sql_steps

LOT = 2000


class TelecomNotice(models.Model):
    _inherit = "telecom.notice"

    # Nothing that only waits has an entry, so that a mass notice does not pay for it.
    _texts_idx = models.Index("(company_id, announced_at) WHERE body IS NOT NULL")

    @api.autovacuum
    def _gc_texts(self):
        """Forget the texts that their company need not keep any longer, and the mails.

        :return: how many were forgotten, and whether there may be more, as Odoo's
            cleaner wants to know
        """
        forgotten, remaining = 0, 0
        for company in self.env["res.company"].search(
            [("telecom_notice_text_months", ">", 0)]
        ):
            count = self._forget_texts(company)
            forgotten += count
            remaining += count == LOT
        return forgotten, remaining

    def _forget_texts(self, company):
        """Forget texts that a company has kept long enough; return how many."""
        months = relativedelta(months=company.telecom_notice_text_months)
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env,
            "notice/90_forget_texts",
            company_id=company.id,
            said_before_at=fields.Datetime.now() - months,
            row_limit=LOT,
        )
        notice_ids = [row["id"] for row in rows]
        attempts = self.env["telecom.notice.attempt"].search(
            [("notice_id", "in", notice_ids)]
        )
        attempts.text = False
        attempts.mail_id.unlink()
        self.invalidate_model()
        return len(notice_ids)
