# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.spreadsheet import write_csv, write_xlsx

from ..models.tariff_document.destination_table import DestinationTable
from ..models.tariff_document.rate_table import RateTable
from ..tariff_document import DocumentError, dump
from ..tariff_document.table_rows import DESTINATION_COLUMNS, RATE_COLUMNS


class TelecomTariffExport(models.TransientModel):
    """Write tariffs to a file that people and other programs can read."""

    _name = "telecom.tariff.export"
    _description = "Export of tariffs"

    kind = fields.Selection(
        [
            ("rates", "Rates of a tariff"),
            ("destinations", "Destinations"),
            ("document", "A whole tariff (JSON)"),
        ],
        string="What",
        required=True,
        default="rates",
    )
    table_format = fields.Selection(
        [("xlsx", "XLSX"), ("csv", "CSV")], string="Format", default="xlsx"
    )
    tariff_id = fields.Many2one("telecom.tariff")
    valid_on = fields.Date(
        default=fields.Date.context_today, help="The rates that hold on this day."
    )
    offering_id = fields.Many2one(
        "product.template",
        domain="[('telecom_tariff_id', '=', tariff_id)]",
        help="Its allowances are part of the document.",
    )
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    def action_export(self):
        """Make the file and offer it for download.

        :raise UserError: when the tariff is missing, or holds what can't be written
        """
        self.ensure_one()
        if self.kind != "destinations" and not self.tariff_id:
            raise UserError(self.env._("Choose the tariff."))
        name, content = self._file()
        self.write({"file_name": name, "file": b64encode(content)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export tariffs"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _write_table(self, table_format, columns, rows):
        return (write_csv if table_format == "csv" else write_xlsx)(columns, rows)

    def _file(self):
        """Return name and bytes of the file."""
        self.tariff_id.check_access("read")
        if self.kind == "document":
            Document = self.env["telecom.tariff.document"]
            try:
                document = Document._export(self.tariff_id, self.offering_id)
            except DocumentError as error:
                raise UserError(error.told(self.env._)) from error
            return f"{self.tariff_id.code}.json", dump(document).encode()
        if self.kind == "destinations":
            self.env["telecom.destination"].check_access("read")
            columns, table = DESTINATION_COLUMNS, DestinationTable(self.env, False)
            stem = "destinations"
        else:
            day = self.valid_on or fields.Date.context_today(self)
            columns, table = RATE_COLUMNS, RateTable(self.tariff_id, day, False)
            stem = self.tariff_id.code
        content = self._write_table(self.table_format, columns, table.cells())
        return f"{stem}.{self.table_format}", content
