# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ..mediation.telecom_usage_file_receipt import measured, opened


class TelecomUsageFile(models.Model):
    """Where a file came from, and what its name tells of its place in a series."""

    _inherit = "telecom.usage.file"

    source_id = fields.Many2one(
        "telecom.usage.source",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    name_date = fields.Date(
        string="Date in the name", readonly=True, copy=False, help="By its source."
    )
    name_sequence = fields.Integer(
        string="Number in the name", readonly=True, copy=False, aggregator=None
    )

    @api.model
    @api.private
    def receive(self, source, name, format=None):
        """Override of the mediation: a file that came by hand may be one expected."""
        files = super().receive(source, name, format=format)
        if self.env.context.get("telecom_usage_adopted"):
            return files
        for file in files.filtered(lambda file: not file.source_id):
            place = self.env["telecom.usage.source"]._find_by_name(name)
            if place:
                file._adopt(place, name)
        return files

    @api.model
    def _content_sha256(self, source):
        """Return the fingerprint by which a content is known; it is read to its end."""
        with opened(source) as content:
            return measured(content)[0]

    def _adopt(self, source, name):
        """Note the source of this file and what its name tells; close its gaps."""
        if self.source_id:
            return
        pattern = source._pattern()
        parts = pattern.match(name) if pattern else None
        self.sudo().write(
            {
                "source_id": source.id,
                "name_date": parts.date if parts else False,
                "name_sequence": (parts.sequence_number or 0) if parts else 0,
            }
        )
        source.sudo()._close_gaps()
