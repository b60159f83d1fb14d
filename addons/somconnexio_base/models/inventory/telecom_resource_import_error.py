# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomResourceImportError(models.Model):
    """What is wrong with one row of an import, and what to do."""

    _name = "telecom.resource.import.error"
    _description = "Error of an Import"
    _order = "line, id"
    _rec_name = "message"

    import_id = fields.Many2one(
        "telecom.resource.import",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    file_name = fields.Char(string="File", readonly=True)
    line = fields.Integer(readonly=True, aggregator=None)
    column = fields.Char(readonly=True)
    message = fields.Char(readonly=True, required=True)
