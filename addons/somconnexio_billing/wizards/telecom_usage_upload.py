# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomUsageUpload(models.TransientModel):
    """Bring in provider files from one's own computer."""

    _name = "telecom.usage.upload"
    _description = "Import usage files"

    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", bypass_search_access=True
    )
    format_id = fields.Many2one(
        "telecom.usage.format",
        help="Leave empty to let each file's name tell its format.",
    )
    is_load_wanted = fields.Boolean(
        string="Load them now",
        default=True,
        help="Otherwise they wait for the next bill run, or for the button Load.",
    )

    def action_import(self):
        """Receive the files, load them if wanted, and show them.

        :raise UserError: when no file is chosen, or a format cannot be told
        """
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose one or more files first."))
        File = self.env["telecom.usage.file"]
        files = File.browse()
        for attachment in self.attachment_ids.sorted("name"):
            files |= File.receive(
                attachment.raw or b"", attachment.name, format=self.format_id or None
            )
        if self.is_load_wanted:
            files.filtered(lambda file: file.state == "received").load_usage()
        # The files keep their content themselves, compressed.
        self.attachment_ids.unlink()
        return self._show(files)

    def _show(self, files):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_file"
        )
        action["domain"] = [("id", "in", files.ids)]
        if len(files) == 1:
            action.update(res_id=files.id, views=[(False, "form")], view_mode="form")
        return action
