# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal
from io import BytesIO

from odoo import fields, models

from odoo.addons.somconnexio_base.spreadsheet import (
    XLSX_MIMETYPE,
    Column,
    Kind,
    write_workbook,
)


class TelecomMonthClose(models.Model):
    """The checklist as a spreadsheet, for the auditor."""

    _inherit = "telecom.month.close"

    def action_export(self):
        """Return the download of the checklist as XLSX."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"month_close_{self.month_date:%Y-%m}.xlsx",
                "raw": self._workbook(),
                "mimetype": XLSX_MIMETYPE,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }

    def _workbook(self):
        """Return the bytes of the workbook: one row per line."""
        env = self.env
        columns = (
            Column(env._("What is looked at"), width=52),
            Column(env._("Figure"), Kind.NUMBER, digits=2),
            Column(env._("Expected"), Kind.NUMBER, digits=2),
            Column(env._("Difference"), Kind.NUMBER, digits=2),
            Column(env._("State")),
            Column(env._("Reason"), width=40),
            Column(env._("Accepted by"), width=24),
            Column(env._("Accepted on"), Kind.DATE),
        )
        labels = env["telecom.month.close.line"]._state_labels()
        stream = BytesIO()
        rows = (self._workbook_row(line, labels) for line in self.line_ids)
        write_workbook(stream, self.display_name, columns, rows)
        return stream.getvalue()

    def _workbook_row(self, line, labels):
        """Return the cells of one line."""
        accepted_at = line.accepted_at and fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.telecom_timezone), line.accepted_at
        )
        return (
            line.name,
            Decimal(f"{line.figure:.2f}"),
            Decimal(f"{line.expected:.2f}"),
            Decimal(f"{line.difference:.2f}"),
            labels[line.state],
            line.reason or None,
            line.accepted_by_id.name or None,
            accepted_at.date() if accepted_at else None,
        )
