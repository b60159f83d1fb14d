# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps


class TelecomUsageRetention(models.Model):
    """What usage files kept besides events: their bytes, the text of rejected rows.

    It goes by the retention of the company, file by file, with the month in which the
    file came.
    """

    _inherit = "telecom.usage.retention"

    file_count = fields.Integer(
        string="Files emptied",
        readonly=True,
        help="Files that came in this month: their content and the text of their"
        " rejected rows were removed.",
    )
    file_message = fields.Text(string="Files that stay", readonly=True)

    @api.model
    def _due_files(self, today):
        """Return the files past the retention of their company, by month of receipt.

        :param date today: the civil date
        :return: dict of date -> list of rows of ``95_list_due_files``
        """
        first_kept = self._first_kept(today)
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env,
            "95_list_due_files",
            company_ids=list(first_kept),
            first_kept_dates=list(first_kept.values()),
        )
        months = {}
        for row in rows:
            months.setdefault(row["month_date"], []).append(row)
        return months

    def _empty_files(self, month_date, rows):
        """Remove what the files of a month kept, or note why some stay.

        :param date month_date: first day of the month in which they came
        :param rows: rows of ``95_list_due_files``
        """
        File = self.env["telecom.usage.file"].sudo()
        due = File.browse(row["file_id"] for row in rows if not row["reason"])
        due._remove_content()
        reasons = [row["reason"] for row in rows if row["reason"]]
        self._note_files(month_date, len(due), self._staying_text(reasons))

    def _staying_text(self, reasons):
        """Return why files stay, a line for each reason."""
        texts = {
            "used": self.env._("Files whose usage has not been removed yet: %s."),
            "rejected": self.env._(
                "Files with rejected rows that are neither recycled nor discarded: %s."
            ),
            "held": self.env._("Files whose usage is under legal hold: %s."),
        }
        counts = {reason: reasons.count(reason) for reason in texts}
        return "\n".join(texts[reason] % n for reason, n in counts.items() if n)

    def _note_files(self, month_date, count, message):
        known = self.sudo().search([("month_date", "=", month_date)])
        vals = {"file_message": message or False, "checked_at": fields.Datetime.now()}
        if known:
            known.write({**vals, "file_count": known.file_count + count})
        elif count:
            self.sudo().create(
                {
                    **vals,
                    "month_date": month_date,
                    "state": "removed",
                    "file_count": count,
                }
            )
