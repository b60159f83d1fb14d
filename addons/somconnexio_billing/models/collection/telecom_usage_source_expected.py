# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models

from ...collection.gaps import missing_numbers, missing_periods


class TelecomUsageSource(models.Model):
    """Which files are expected, and which of them have not come."""

    _inherit = "telecom.usage.source"

    name_pattern = fields.Char(
        help="How the files are called: MW_CDR_%Y%m%d_{sequence}.csv. Others are left"
        " alone. Empty: all files are taken, and nothing is expected."
    )
    frequency = fields.Selection(
        [("day", "Every day"), ("week", "Every week"), ("month", "Every month")],
        help="Each of them has a file, by the date in its name.",
    )
    expected_from = fields.Date(
        string="Expected from", default=fields.Date.context_today
    )
    lateness_hours = fields.Integer(
        string="Late after (hours)",
        default=24,
        help="So long after its period has ended a file is late.",
    )
    is_sequence_checked = fields.Boolean(
        string="Numbers without gap",
        help="The numbers in the names follow each other, over all files.",
    )
    gap_ids = fields.One2many("telecom.usage.gap", "source_id")
    open_gap_count = fields.Integer(
        string="Missing files", compute="_compute_open_gap_count"
    )

    @api.depends("gap_ids.state")
    def _compute_open_gap_count(self):
        for source in self:
            is_open = source.gap_ids.filtered(lambda gap: gap.state == "open")
            source.open_gap_count = len(is_open)

    @api.model
    def _find_by_name(self, name):
        """Return the one source of the company whose pattern fits a file's name."""
        sources = self.search(
            [("company_id", "=", self.env.company.id), ("name_pattern", "!=", False)]
        )
        found = sources.filtered(lambda source: source._pattern().match(name))
        return found if len(found) == 1 else self.browse()

    @api.model
    def _cron_check_expected(self):
        """Tell the responsible of each source what has not come."""
        sources = self.search([("name_pattern", "!=", False)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(sources))
        for source in sources:
            source._check_expected()
            if not cron._commit_progress(1):
                break

    def _check_expected(self):
        """Open the gaps that are new, each with one activity; close what has come."""
        self.ensure_one()
        self._close_gaps()
        known = {gap._key() for gap in self.gap_ids}
        self.env["telecom.usage.gap"]._open(
            self, [key for key in self._missing() if key not in known]
        )

    def _close_gaps(self):
        """Close the gaps whose file has come."""
        is_open = self.gap_ids.filtered(lambda gap: gap.state == "open")
        if not is_open:
            return
        missing = set(self._missing())
        is_open.filtered(lambda gap: gap._key() not in missing)._arrive()

    def _missing(self):
        """Return what has not come: ``(kind, number, date)``, one of both empty."""
        files = self.env["telecom.usage.file"].search_fetch(
            [("source_id", "=", self.id)], ["name_date", "name_sequence"]
        )
        missing = []
        if self.is_sequence_checked:
            numbers = filter(None, files.mapped("name_sequence"))
            missing += [("number", n, False) for n in missing_numbers(numbers)]
        if self.frequency and self.expected_from:
            dates = filter(None, files.mapped("name_date"))
            missing += [
                ("late", 0, start)
                for start in missing_periods(
                    dates, self.expected_from, self._due_date(), self.frequency
                )
            ]
        return missing

    def _due_date(self):
        """Return the civil date by whose beginning a period must be over to be late."""
        now = fields.Datetime.now() - timedelta(hours=self.lateness_hours)
        zone = self.with_context(tz=self.company_id.telecom_timezone)
        return fields.Datetime.context_timestamp(zone, now).date()

    def action_view_gaps(self):
        """Open what is missing from here."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_gap"
        )
        action["domain"] = [("source_id", "in", self.ids)]
        return action
