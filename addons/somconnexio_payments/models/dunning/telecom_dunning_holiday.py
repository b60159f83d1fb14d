# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...dunning_rules.calendar import ActionCalendar, HolidayRule


class TelecomDunningHoliday(models.Model):
    """A day off, on which and on whose eve no service is touched."""

    _name = "telecom.dunning.holiday"
    _description = "Day Off of Dunning"
    _order = "month, day, easter_offset, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: of all companies."
    )
    month = fields.Integer(help="1 to 12; 0: the day is counted from Easter.")
    day = fields.Integer()
    year = fields.Integer(help="0: each year.")
    easter_offset = fields.Integer(
        string="Days from Easter Sunday", help="Good Friday: -2. Only without a month."
    )

    next_date = fields.Date(
        string="Next on",
        compute="_compute_next_date",
        help="Computed: nothing has to be written down for the years to come. Empty: "
        "it is over.",
    )

    @api.depends("month", "day", "year", "easter_offset")
    def _compute_next_date(self):
        today = self.env.company._telecom_today()
        for holiday in self:
            rule = holiday._rule()
            # A leap day comes back after eight years at most.
            days = (rule.in_year(today.year + ahead) for ahead in range(9))
            holiday.next_date = next((d for d in days if d and d >= today), False)

    def _rule(self):
        """Return the day off as the pure rules take it."""
        return HolidayRule(self.month, self.day, self.year, self.easter_offset)

    @api.constrains("month", "day", "year")
    def _check_day(self):
        for holiday in self:
            leap_year = holiday.year or 2028
            if holiday.month and not HolidayRule(holiday.month, holiday.day).in_year(
                leap_year
            ):
                raise ValidationError(
                    self.env._(
                        "%(name)s: there is no day %(day)s in month %(month)s.",
                        name=holiday.name,
                        day=holiday.day,
                        month=holiday.month,
                    )
                )

    @api.model
    def _calendar(self, company, spares_rest_days):
        """Return the days on which services of a company may be touched."""
        holidays = self.sudo().search([("company_id", "in", (False, company.id))])
        return ActionCalendar(
            tuple(one._rule() for one in holidays),
            spares_rest_days,
        )
