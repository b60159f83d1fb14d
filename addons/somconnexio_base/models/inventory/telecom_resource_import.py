# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .telecom_resource import SIM_SECRETS_GROUP

CONTENT_DAYS = 7


class TelecomResourceImport(models.Model):
    """A range of numbers, or a sheet of numbers or SIM cards, taken in as a whole.

    *Check* says what would happen; *Import* does it, or nothing when a row is wrong.
    """

    _name = "telecom.resource.import"
    _description = "Import of Numbers and SIM Cards"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one("telecom.resource.kind", required=True)
    provider_id = fields.Many2one("res.partner")
    source = fields.Selection(
        [("range", "Range of numbers"), ("file", "CSV or XLSX file")],
        default="range",
        required=True,
    )
    first_number = fields.Char(string="From")
    last_number = fields.Char(string="To", help="Included.")
    content = fields.Binary(
        string="File",
        attachment=True,
        copy=False,
        groups=SIM_SECRETS_GROUP,
        help="Removed once imported: it holds PINs and PUKs.",
    )
    file_name = fields.Char(copy=False)
    state = fields.Selection(
        [("draft", "New"), ("checked", "Checked"), ("done", "Imported")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    error_count = fields.Integer(string="Errors", readonly=True, copy=False)
    error_ids = fields.One2many(
        "telecom.resource.import.error", "import_id", string="What is wrong"
    )
    imported_at = fields.Datetime(string="Imported on", readonly=True, copy=False)
    resource_count = fields.Integer(compute="_compute_resource_count")

    @api.depends("source", "first_number", "last_number", "file_name", "kind_id")
    def _compute_name(self):
        for batch in self:
            is_file = batch.source == "file"
            numbers = (batch.first_number or "", batch.last_number or "")
            content = batch.file_name or "" if is_file else " – ".join(numbers)
            batch.name = f"{batch.kind_id.name or ''}: {content}"

    def _compute_resource_count(self):
        counts = dict(
            self.env["telecom.resource"]._read_group(
                [("import_id", "in", self.ids)], ["import_id"], ["__count"]
            )
        )
        for batch in self:
            batch.resource_count = counts.get(batch._origin, 0)

    def write(self, vals):
        """Override of ``base``: what was imported is kept as it was."""
        for batch in self.filtered(lambda b: b.state == "done"):
            raise UserError(
                self.env._(
                    "%(import)s has been imported and is kept: make a new import.",
                    **{"import": batch.name},
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for batch in self.filtered(lambda b: b.state == "done"):
            raise UserError(
                self.env._(
                    "%(import)s has been imported and says where its resources came "
                    "from.",
                    **{"import": batch.name},
                )
            )

    def action_view_resources(self):
        """Open what this import brought."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_resource"
        )
        action["domain"] = [("import_id", "in", self.ids)]
        action["context"] = {}
        return action

    @api.autovacuum
    def _gc_contents(self):
        """Remove the files of imports that nobody finished: they hold secrets."""
        before = fields.Datetime.now() - timedelta(days=CONTENT_DAYS)
        stale = self.search(
            [
                ("state", "!=", "done"),
                ("source", "=", "file"),
                ("content", "!=", False),
                ("write_date", "<", before),
            ]
        )
        stale.write({"content": False, "state": "draft"})
