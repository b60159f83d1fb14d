# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64encode

from odoo import fields, models


class TelecomCatalogueExport(models.TransientModel):
    """Write the catalogue to a workbook that can be changed and imported again."""

    _name = "telecom.catalogue.export"
    _description = "Export of the Catalogue"
    _rec_name = "file_name"

    file = fields.Binary(string="Workbook", readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    def action_export(self):
        """Make the workbook and offer it for download."""
        self.ensure_one()
        today = self.env.company._telecom_today()
        content = self.env["telecom.catalogue"]._write_book()
        self.write({"file": b64encode(content), "file_name": f"catalogue_{today}.xlsx"})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export the catalogue"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
