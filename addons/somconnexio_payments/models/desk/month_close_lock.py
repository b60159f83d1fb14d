# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomMonthClose(models.Model):
    """Closing a month locks its entries; opening it again takes the lock back."""

    _inherit = "telecom.month.close"

    def action_close(self):
        """Close months: nothing of them can be posted or changed any more.

        :raise UserError: naming a line that is neither right nor accepted, a month
            that has not ended, or one before that is open
        """
        self._require_group("accountant", "admin")
        for close in self.sorted("month_date"):
            close._refresh()
            close._check_closable()
            # Who may close months need not be allowed to write the company.
            company = close.company_id.sudo()
            before = company.fiscalyear_lock_date
            if not before or before < close.last_date:
                company.fiscalyear_lock_date = close.last_date
            close._move(
                "closed",
                closed_by_id=self.env.uid,
                closed_at=fields.Datetime.now(),
                lock_date_before=before,
            )
        return True

    def _check_closable(self):
        """Raise unless the month is over and every line has been looked at."""
        self.ensure_one()
        if self.last_date >= self.company_id._telecom_today():
            raise UserError(self.env._("%s has not ended.", self.display_name))
        earlier = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month_date", "<", self.month_date),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        if earlier:
            raise UserError(
                self.env._("Close %s first.", earlier.display_name),
            )
        line = self.line_ids.filtered(lambda one: one.state == "look")[:1]
        if line:
            raise UserError(line._as_task())

    def action_reopen(self):
        """Open closed months again; the lock goes back to what it was.

        :raise UserError: without a reason, or when a later month is closed
        """
        self._require_group("accountant", "admin")
        for close in self:
            close._check_reopenable()
            company = close.company_id.sudo()
            if company.fiscalyear_lock_date == close.last_date:
                company.fiscalyear_lock_date = close.lock_date_before
            close._move("open", closed_by_id=False, closed_at=False)
        return True

    def _check_reopenable(self):
        """Raise without a reason, and for a month behind another closed one."""
        self.ensure_one()
        if not (self.reopen_reason or "").strip():
            raise UserError(
                self.env._("%s: write why it is opened again.", self.display_name)
            )
        later = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("month_date", ">", self.month_date),
                ("state", "=", "closed"),
            ],
            limit=1,
        )
        if later:
            raise UserError(self.env._("Open %s first.", later.display_name))
