# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64encode
from io import BytesIO

from odoo import fields, models

from ...spreadsheet import Column, Kind, Table, write_csv, write_tables
from .telecom_migration_run import STATE_PASS

ISSUES_AT_ONCE = 2_000
ISSUE_COLUMNS = (
    "file",
    "line",
    "external_id",
    "column",
    "value",
    "outcome",
    "reason",
    "remedy",
)


class TelecomMigrationRun(models.Model):
    """What came of a migration, written down."""

    _inherit = "telecom.migration.run"

    def _store_reports(self):
        """Write the file of faults and the report, in the user's language."""
        self.invalidate_recordset()
        run = self.with_context(lang=self.user_id.lang)
        stamp = fields.Datetime.context_timestamp(run, fields.Datetime.now())
        name = f"{self.profile_id.code}_{stamp:%Y%m%d_%H%M}"
        self.with_context(migration_pass=STATE_PASS).write(
            {
                "errors_file": b64encode(run._errors_csv()),
                "errors_name": f"{name}_faults.csv",
                "report_file": b64encode(run._report_xlsx()),
                "report_name": f"{name}_report.xlsx",
            }
        )

    def _errors_csv(self):
        """Return the faults as a CSV: where, what, and what to do."""
        return write_csv(ISSUE_COLUMNS, self._issue_rows())

    def _issue_rows(self):
        """Yield the faults as rows of text."""
        labels = dict(
            self.env["telecom.migration.issue"]
            ._fields["severity"]
            ._description_selection(self.env)
        )
        issues = self.issue_ids
        for start in range(0, len(issues), ISSUES_AT_ONCE):
            for issue in issues[start : start + ISSUES_AT_ONCE]:
                yield (
                    issue.file_id.name,
                    str(issue.line_number),
                    issue.external_id or "",
                    issue.column_name or "",
                    issue.value or "",
                    labels[issue.severity],
                    issue.reason,
                    issue.remedy,
                )

    def _report_xlsx(self):
        """Return the report as a workbook."""
        stream = BytesIO()
        write_tables(stream, self._report_tables())
        return stream.getvalue()

    def _report_tables(self):
        """Yield the sheets of the report."""
        number, money = Kind.NUMBER, {"kind": Kind.NUMBER, "digits": 2}
        yield Table(
            self.env._("Files"),
            (
                Column(self.env._("File"), width=30),
                Column(self.env._("What it holds"), width=24),
                Column(self.env._("Rows"), number),
                Column(self.env._("Rows the source counts"), number),
                Column(self.env._("Sum"), **money),
                Column(self.env._("Sum the source states"), **money),
                Column("SHA-256", width=66),
            ),
            (
                (
                    file.name,
                    file.layout_id.display_name,
                    file.row_count,
                    file.expected_count or None,
                    _text(file.amount),
                    _text(file.expected_amount) if file.expected_amount else None,
                    file.content_sha256,
                )
                for file in self.file_ids
            ),
        )
        yield self._totals_table(number, money)
        yield self._steps_table(number)
        yield Table(
            self.env._("Faults"),
            [Column(name, width=24) for name in ISSUE_COLUMNS],
            self._issue_rows(),
        )

    def _totals_table(self, number, money):
        names = (
            "source_count",
            "refused_count",
            "taken_count",
            "database_count",
            "difference_count",
        )
        amounts = ("source_amount", "refused_amount", "taken_amount", "database_amount")
        hashes = ("source_hash", "database_hash")
        strings = {
            name: field._description_string(self.env)
            for name, field in self.env["telecom.migration.total"]._fields.items()
        }
        labels = self._kind_labels()
        return Table(
            self.env._("Reconciliation"),
            (
                Column(self.env._("What"), width=26),
                *(Column(strings[name], number) for name in names),
                *(Column(strings[name], **money) for name in amounts),
                *(Column(strings[name], width=36) for name in hashes),
                Column(self.env._("Equal")),
            ),
            (
                (
                    labels[total.kind],
                    *(total[name] for name in names),
                    *(_text(total[name]) for name in amounts),
                    *(total[name] or "" for name in hashes),
                    self.env._("yes") if total.is_equal else self.env._("NO"),
                )
                for total in self.total_ids
            ),
        )

    def _steps_table(self, number):
        names = (
            "row_count",
            "created_count",
            "updated_count",
            "unchanged_count",
            "refused_count",
        )
        fields_ = self.env["telecom.migration.step"]._fields
        labels = self._kind_labels()
        return Table(
            self.env._("Steps"),
            (
                Column(self.env._("What"), width=26),
                *(
                    Column(fields_[name]._description_string(self.env), number)
                    for name in names
                ),
                Column(self.env._("Seconds"), number, digits=1),
            ),
            (
                (
                    labels[step.kind],
                    *(step[name] for name in names),
                    _text(step.seconds),
                )
                for step in self.step_ids
            ),
        )

    def _kind_labels(self):
        field = self.env["telecom.migration.step"]._fields["kind"]
        return dict(field._description_selection(self.env))


def _text(number):
    """Return a float as the text of its 15 digits, which a sheet's cell holds."""
    return f"{number:.15g}"
