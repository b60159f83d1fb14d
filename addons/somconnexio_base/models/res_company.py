# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_timezone = fields.Selection(
        _tz_get,
        string="Time zone",
        default="Europe/Madrid",
        required=True,
        help="Civil days and billing periods are those of this time zone.",
    )
    telecom_quarantine_days = fields.Integer(
        string="Quarantine (days)",
        default=30,
        help="How long a number or SIM rests after its subscription ended, unless "
        "its kind of resource says otherwise.",
    )

    _telecom_quarantine_days_not_negative = models.Constraint(
        "CHECK (telecom_quarantine_days >= 0)",
        "The quarantine must be zero days or more.",
    )

    def _telecom_today(self):
        """Return the civil date it is now in the company's telecom time zone."""
        return self._telecom_civil_date(fields.Datetime.now())

    def _telecom_civil_date(self, instant):
        """Return the civil date of a UTC instant.

        :param datetime instant: UTC without time zone, as Odoo stores it
        """
        self.ensure_one()
        zone = ZoneInfo(self.telecom_timezone)
        return instant.replace(tzinfo=timezone.utc).astimezone(zone).date()

    def _telecom_day_start_at(self, date):
        """Return the UTC instant at which a civil date begins.

        :param date date: civil date in the company's telecom time zone
        :return: datetime without time zone, as Odoo stores it
        """
        self.ensure_one()
        midnight = datetime.combine(
            fields.Date.to_date(date), time.min, ZoneInfo(self.telecom_timezone)
        )
        return midnight.astimezone(timezone.utc).replace(tzinfo=None)

    def _telecom_day_end_at(self, date):
        """Return the UTC instant at which a civil date is over (half-open)."""
        return self._telecom_day_start_at(fields.Date.to_date(date) + timedelta(days=1))
