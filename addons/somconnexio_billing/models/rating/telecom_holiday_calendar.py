# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomHolidayCalendar(models.Model):
    """Days that a time band takes for holidays."""

    _name = "telecom.holiday.calendar"
    _description = "Holiday calendar"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name in tariffs exchanged as files.")
    date_ids = fields.One2many(
        "telecom.holiday.calendar.date", "calendar_id", string="Holidays", copy=True
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another holiday calendar has this code already."
    )


class TelecomHolidayCalendarDate(models.Model):
    """One civil day of a holiday calendar."""

    _name = "telecom.holiday.calendar.date"
    _description = "Holiday"
    _rec_name = "date"
    _order = "calendar_id, date, id"

    calendar_id = fields.Many2one(
        "telecom.holiday.calendar", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    name = fields.Char(translate=True)

    _date_unique = models.Constraint(
        "UNIQUE (calendar_id, date)", "The calendar has this day already."
    )
