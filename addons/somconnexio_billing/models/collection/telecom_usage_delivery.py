# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...collection.remote_file import RemoteFile


class TelecomUsageDelivery(models.Model):
    """A file as it lay at its source, and whether it came in."""

    _name = "telecom.usage.delivery"
    _description = "Usage file delivery"
    _order = "fetched_at desc, id desc"

    source_id = fields.Many2one(
        "telecom.usage.source", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    name = fields.Char(string="File name", required=True, readonly=True)
    size_bytes = fields.Float(string="Size (bytes)", digits=(20, 0), readonly=True)
    modified_at = fields.Datetime(string="Modified", required=True, readonly=True)
    state = fields.Selection(
        [("arrived", "Arrived"), ("failed", "Failed")], required=True, readonly=True
    )
    file_id = fields.Many2one("telecom.usage.file", readonly=True, ondelete="cascade")
    error_message = fields.Char(string="Error", readonly=True)
    fetched_at = fields.Datetime(string="Fetched", required=True, readonly=True)

    _file_unique = models.Constraint(
        "UNIQUE(source_id, name, size_bytes, modified_at)",
        "A file of a source is fetched once.",
    )

    @api.model
    def _known(self, source):
        """Return ``{RemoteFile: state}`` of what was fetched from a source before."""
        known = self.sudo().search_fetch(
            [("source_id", "=", source.id)],
            ["name", "size_bytes", "modified_at", "state"],
        )
        return {delivery._remote(): delivery.state for delivery in known}

    def _remote(self):
        epoch = fields.Datetime.to_datetime("1970-01-01")
        seconds = (self.modified_at - epoch).total_seconds()
        return RemoteFile(self.name, int(self.size_bytes), int(seconds))

    @api.model
    def _note(self, source, remote, file=None, error_message=False):
        """Keep what became of a file that was fetched."""
        vals = {
            "state": "failed" if error_message else "arrived",
            "file_id": file.id if file else False,
            "error_message": error_message,
            "fetched_at": fields.Datetime.now(),
        }
        key = {
            "source_id": source.id,
            "name": remote.name,
            "size_bytes": remote.size_bytes,
            "modified_at": remote.modified_at,
        }
        known = self.sudo().search([(name, "=", key[name]) for name in key])
        if known:
            known.write(vals)
        else:
            self.sudo().create({**key, **vals})

    def action_retry(self):
        """Let the next look fetch files again that failed."""
        self.check_access("read")
        self.env["telecom.usage.file"].check_access("write")
        failed = self.filtered(lambda delivery: delivery.state == "failed")
        sources = failed.source_id
        failed.sudo().unlink()
        return sources.action_fetch()
