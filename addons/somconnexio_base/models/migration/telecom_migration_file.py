# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64encode
from io import BytesIO

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...file_reading.archive import unpacked
from ...file_reading.errors import FileError
from ...file_reading.stream import fingerprint
from .faults import file_fault_text


class TelecomMigrationFile(models.Model):
    """One file of a migration, kept as it came."""

    _name = "telecom.migration.file"
    _description = "Migration File"
    _order = "run_id, kind, name, id"

    name = fields.Char(string="File name", required=True, readonly=True)
    run_id = fields.Many2one(
        "telecom.migration.run",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    profile_id = fields.Many2one(related="run_id.profile_id")
    layout_id = fields.Many2one(
        "telecom.migration.layout",
        string="What it holds",
        ondelete="restrict",
        domain="[('profile_id', '=', profile_id)]",
        index=True,
    )
    kind = fields.Selection(related="layout_id.kind", store=True, string="Kind")
    content = fields.Binary(attachment=True, readonly=True, copy=False)
    content_sha256 = fields.Char(string="SHA-256", size=64, readonly=True)
    size_bytes = fields.Integer(string="Size (bytes)", readonly=True)
    state = fields.Selection(
        [("received", "Received"), ("staged", "Read")],
        required=True,
        default="received",
        readonly=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True)
    amount = fields.Float(string="Sum", digits=False, readonly=True)
    expected_count = fields.Integer(
        string="Rows the source counts",
        help="Typed in from the source's own report; 0: not compared.",
    )
    expected_amount = fields.Float(
        string="Sum the source states",
        digits=False,
        help="Typed in from the source's own report; 0: not compared.",
    )

    _content_unique = models.Constraint(
        "UNIQUE (run_id, content_sha256)",
        "The same content is in this migration already, perhaps by another name.",
    )

    @api.model
    @api.private
    def receive(self, run, content, name):
        """Keep a file for a migration; of a zip archive, each file in it.

        :param run: telecom.migration.run that has not begun
        :param bytes content: CSV or XLSX, plain, gzip or in a zip
        :param str name: its name, without folder; tells what it holds
        :return: the new records
        :raise UserError: when it cannot be unpacked, or the run has begun
        """
        run._check_is_open()
        try:
            parts = unpacked(BytesIO(content), name)
            vals_list = [self._prepare(run, file.read(), part) for part, file in parts]
        except FileError as error:
            raise UserError(
                self.env._(
                    "%(file)s: %(problem)s",
                    file=name,
                    problem=file_fault_text(self.env, error),
                )
            ) from error
        self._check_new(run, vals_list)
        return self.create(vals_list)

    @api.model
    def _prepare(self, run, content, name):
        sha256, size = fingerprint(BytesIO(content))
        return {
            "run_id": run.id,
            "name": name,
            "layout_id": run.profile_id._layout_for(name).id,
            "content": b64encode(content),
            "content_sha256": sha256,
            "size_bytes": size,
        }

    @api.model
    def _check_new(self, run, vals_list):
        """Raise when a content is in the run already."""
        known = {file.content_sha256: file.name for file in run.file_ids}
        for vals in vals_list:
            other = known.get(vals["content_sha256"])
            known[vals["content_sha256"]] = vals["name"]
            if other:
                raise UserError(
                    self.env._(
                        "%(name)s has the content of %(other)s, which is in this"
                        " migration already.",
                        name=vals["name"],
                        other=other,
                    )
                )

    def _is_as_expected(self):
        """Tell whether the file holds what its source says it does."""
        self.ensure_one()
        amounts_agree = not self.expected_amount or (
            abs(self.expected_amount - self.amount) < 0.005
        )
        return self.expected_count in (0, self.row_count) and amounts_agree

    @api.ondelete(at_uninstall=False)
    def _unlink_except_read(self):
        for file in self:
            file.run_id._check_is_open()

    def action_view_issues(self):
        """Open the faults found in this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_migration_issue"
        )
        action["domain"] = [("file_id", "=", self.id)]
        return action
