# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomTariffImportLine(models.TransientModel):
    """One thing that an import would change."""

    _name = "telecom.tariff.import.line"
    _description = "Difference of a tariff import"
    _order = "import_id, change, line_number, id"

    import_id = fields.Many2one(
        "telecom.tariff.import", required=True, index=True, ondelete="cascade"
    )
    change = fields.Selection(
        [
            ("added", "Added"),
            ("changed", "Changed"),
            ("ended", "Ended"),
            ("kept", "Left as it is"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="Row", readonly=True)
    line_number = fields.Integer(string="Line", readonly=True, aggregator=None)
    before = fields.Char(readonly=True)
    after = fields.Char(readonly=True)
