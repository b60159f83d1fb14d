# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.spreadsheet import XLSX_MIMETYPE, write_workbook

from ... import sql_steps
from ..bill_run import stages
from . import tables


class TelecomBillRun(models.Model):
    """Hands out the tables of a run as XLSX files."""

    _inherit = "telecom.bill.run"

    def action_export_usage_detail(self):
        """Write each usage of the run into a spreadsheet, in the background."""
        return self._queue_export("usage_detail")

    def action_export_usage_summary(self):
        """Write the usage by offering and category into a spreadsheet."""
        return self._queue_export("usage_summary")

    def action_export_bill_register(self):
        """Write the register of the run's bills into a spreadsheet."""
        return self._queue_export("bill_register")

    def _queue_export(self, table):
        """Queue the making of one file and say where it will be found."""
        self.ensure_one()
        self._check_role(stages.BY_CODE["deliver"])
        if not stages.has_reached(self.state, "rated"):
            raise UserError(
                self.env._(
                    "%s has no rated usage yet: there is nothing to export.", self.name
                )
            )
        name = tables.title(self.env, table)
        self.with_context(lang=self.env.lang).with_delay(
            identity_key=f"telecom.bill.run:{self.id}:export:{table}:{self.env.lang}",
            description=f"{self.name}: {name}",
        )._job_export(table, self.env.lang)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "“%s” is being made: it will be among the messages of this run.",
                    name,
                ),
            },
        }

    def _job_export(self, table, lang):
        """Make one file and put it into a message of the run.

        :param str table: a key of ``tables.STEPS``
        """
        run = self.with_context(lang=lang)._engine()
        with TemporaryDirectory() as folder:
            path = Path(folder, run._export_filename(table))
            count = run.export_table(table, path)
            attachment = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    {
                        "name": path.name,
                        "raw": path.read_bytes(),
                        "mimetype": XLSX_MIMETYPE,
                        "res_model": run._name,
                        "res_id": run.id,
                    }
                )
            )
        run.message_post(
            body=run.env._(
                "%(table)s: %(count)s rows.",
                table=tables.title(run.env, table),
                count=count,
            ),
            attachment_ids=attachment.ids,
        )
        return str(count)

    @api.private
    def export_table(self, table, path):
        """Write one table of the run into an XLSX file, row by row.

        :param str table: ``usage_detail``, ``usage_summary`` or ``bill_register``
        :param Path path: of the file; replaced when it exists
        :return: number of rows
        """
        self.ensure_one()
        self.env.flush_all()
        params = {
            "run_id": self.id,
            "lang": self.env.lang or "en_US",
            "time_zone": self.company_id.telecom_timezone or "UTC",
        }
        return write_workbook(
            path,
            tables.title(self.env, table),
            tables.columns(self.env, table),
            sql_steps.stream(self.env, tables.STEPS[table], **params),
        )

    def _export_filename(self, table):
        """Return a file name such as ``RUN_2026_0001 Register of bills.xlsx``."""
        name = f"{self.name} {tables.title(self.env, table)}.xlsx"
        return name.replace("/", "_")
