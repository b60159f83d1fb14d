# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomMigrationUpload(models.TransientModel):
    """Bring the files of a migration in from one's own computer."""

    _name = "telecom.migration.upload"
    _description = "Add files to a migration"

    run_id = fields.Many2one("telecom.migration.run", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", bypass_search_access=True
    )

    def action_add(self):
        """Keep the files; what each holds is told by its name.

        :raise UserError: when no file is chosen, or one cannot be unpacked
        """
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose one or more files first."))
        File = self.env["telecom.migration.file"]
        for attachment in self.attachment_ids.sorted("name"):
            File.receive(self.run_id, attachment.raw or b"", attachment.name)
        # The migration keeps their content itself.
        self.attachment_ids.unlink()
        return {"type": "ir.actions.act_window_close"}
