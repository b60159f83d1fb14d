# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError


class TelecomBankUpload(models.TransientModel):
    """Bring in bank files from one's own computer, several at once."""

    _name = "telecom.bank.upload"
    _description = "Upload bank files"

    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", bypass_search_access=True
    )
    is_booking_wanted = fields.Boolean(
        string="Book them now",
        default=True,
        help="Otherwise they wait, checked, for the button Book.",
    )

    def action_upload(self):
        """Receive the files, book those that are sound, and show them all.

        :raise UserError: when no file is chosen
        """
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose one or more files first."))
        File = self.env["telecom.bank.file"]
        files = File.browse()
        for attachment in self.attachment_ids.sorted("name"):
            files |= File.receive(attachment.raw or b"", attachment.name)
        if self.is_booking_wanted:
            files._book_checked()
        # Files of other records may have been chosen: those stay where they are.
        self.attachment_ids.filtered(
            lambda one: (
                one.res_model in (self._name, False)
                and one.res_id in (self.id, 0, False)
            )
        ).unlink()
        return self._show(files)

    def _show(self, files):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_bank_file"
        )
        action["domain"] = [("id", "in", files.ids)]
        if len(files) == 1:
            action.update(res_id=files.id, views=[(False, "form")], view_mode="form")
        return action
