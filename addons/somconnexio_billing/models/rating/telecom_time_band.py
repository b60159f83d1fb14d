# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

DAY_KINDS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
    ("holiday", "Holiday"),
]
MINUTES_PER_HOUR = 60


class TelecomTimeBand(models.Model):
    """Hours of the week with a price of their own, in the company's time zone.

    A day of the band's calendar is a holiday: only the windows of holidays count on
    it. Where several bands hold an instant, the first by sequence, then id, goes
    before the others.
    """

    _name = "telecom.time.band"
    _description = "Time band"
    _inherit = ["telecom.priced.by.mixin"]
    _rated_usage_field = "time_band_id"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name in tariffs exchanged as files.")
    sequence = fields.Integer(default=10)
    calendar_id = fields.Many2one(
        "telecom.holiday.calendar",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: no day is a holiday.",
    )
    window_ids = fields.One2many(
        "telecom.time.band.window", "band_id", string="Windows", copy=True
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another time band has this code already."
    )


class TelecomTimeBandWindow(models.Model):
    """Minutes of one kind of day that belong to a time band, half-open."""

    _name = "telecom.time.band.window"
    _description = "Window of a time band"
    _order = "band_id, day_kind, start_minute, id"

    band_id = fields.Many2one(
        "telecom.time.band", required=True, index=True, ondelete="cascade"
    )
    day_kind = fields.Selection(DAY_KINDS, string="Day", required=True, default="1")
    start_minute = fields.Integer(
        required=True, default=0, help="First minute of the day, from 0."
    )
    end_minute = fields.Integer(
        required=True,
        default=24 * MINUTES_PER_HOUR,
        help="Minute at which it is over; 1440 is the end of the day.",
    )
    start_hour = fields.Float(
        string="From", compute="_compute_hours", inverse="_inverse_start_hour"
    )
    end_hour = fields.Float(
        string="To", compute="_compute_hours", inverse="_inverse_end_hour"
    )

    _minutes_in_day = models.Constraint(
        "CHECK (0 <= start_minute AND start_minute < end_minute"
        " AND end_minute <= 1440)",
        "A window begins before it ends, between 0:00 and 24:00.",
    )

    @api.depends("start_minute", "end_minute")
    def _compute_hours(self):
        for window in self:
            window.start_hour = window.start_minute / MINUTES_PER_HOUR
            window.end_hour = window.end_minute / MINUTES_PER_HOUR

    def _inverse_start_hour(self):
        for window in self:
            window.start_minute = round(window.start_hour * MINUTES_PER_HOUR)

    def _inverse_end_hour(self):
        for window in self:
            window.end_minute = round(window.end_hour * MINUTES_PER_HOUR)
