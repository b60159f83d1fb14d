# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomCatalogueImportLine(models.TransientModel):
    """One row that an import would change."""

    _name = "telecom.catalogue.import.line"
    _description = "Difference of a Catalogue Import"
    _order = "import_id, id"

    import_id = fields.Many2one(
        "telecom.catalogue.import", required=True, index=True, ondelete="cascade"
    )
    sheet = fields.Char(readonly=True)
    change = fields.Selection(
        [("added", "Added"), ("changed", "Changed"), ("ended", "Ended")],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="Row", readonly=True)
    line_number = fields.Integer(string="Line", readonly=True, aggregator=None)
    before = fields.Char(readonly=True)
    after = fields.Char(readonly=True)
