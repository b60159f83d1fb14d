# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode, b64encode

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...spreadsheet import TableError


class TelecomCatalogueImport(models.TransientModel):
    """Bring in the catalogue from a workbook: first what would change, then it."""

    _name = "telecom.catalogue.import"
    _description = "Import of the Catalogue"
    _rec_name = "file_name"

    file = fields.Binary(string="Workbook", attachment=False)
    file_name = fields.Char()
    is_complete = fields.Boolean(
        string="The file is complete",
        help="What is not in a sheet of the file ends: offerings, rules and packs are "
        "archived, rows of tables deleted. Subscriptions keep what they have.",
    )
    state = fields.Selection(
        [("draft", "File"), ("compared", "Differences")], default="draft"
    )
    fingerprint = fields.Char(readonly=True)
    line_ids = fields.One2many(
        "telecom.catalogue.import.line", "import_id", readonly=True
    )
    added_count = fields.Integer(compute="_compute_counts")
    changed_count = fields.Integer(compute="_compute_counts")
    ended_count = fields.Integer(compute="_compute_counts")
    example = fields.Binary(readonly=True, attachment=False)
    example_name = fields.Char(readonly=True)

    @api.depends("line_ids.change")
    def _compute_counts(self):
        for record in self:
            changes = record.line_ids.mapped("change")
            for change in ("added", "changed", "ended"):
                record[f"{change}_count"] = changes.count(change)

    def action_example(self):
        """Make a workbook with the columns and an example catalogue, to download."""
        self.ensure_one()
        content = self.env["telecom.catalogue"]._example_book()
        self.write(
            {"example": b64encode(content), "example_name": "catalogue_example.xlsx"}
        )
        return self._show()

    def action_compare(self):
        """Show what the file would change.

        :raise UserError: naming sheet, line and column of what can't be read
        """
        self.ensure_one()
        differences = self._differences()
        self.write(
            {
                "state": "compared",
                "fingerprint": self._fingerprint(differences),
                "line_ids": [
                    Command.clear(),
                    *(Command.create(item.shown()) for item in differences),
                ],
            }
        )
        return self._show()

    def action_back(self):
        """Choose the file again."""
        self.ensure_one()
        self.write({"state": "draft", "line_ids": [Command.clear()]})
        return self._show()

    def action_apply(self):
        """Change what was shown.

        :raise UserError: when the catalogue has changed since it was compared
        """
        self.ensure_one()
        differences = self._differences()
        if self._fingerprint(differences) != self.fingerprint:
            raise UserError(
                self.env._(
                    "The catalogue has changed since the file was compared. Go back and"
                    " compare again."
                )
            )
        self.env["telecom.catalogue"]._apply(differences)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_offering"
        )

    def _differences(self):
        """Return how the file differs, told to the person who chose it."""
        if not self.file:
            raise UserError(self.env._("Choose a workbook first."))
        content = b64decode(self.with_context(bin_size=False).file)
        try:
            return self.env["telecom.catalogue"]._compare(content, self.is_complete)
        except TableError as error:
            raise UserError(error.told(self.env._)) from error

    def _fingerprint(self, differences):
        return self.env["telecom.catalogue"]._fingerprint(differences)

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the catalogue"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
