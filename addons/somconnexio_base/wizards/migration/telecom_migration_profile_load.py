# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from base64 import b64decode, b64encode

from odoo import fields, models
from odoo.exceptions import UserError


class TelecomMigrationProfileLoad(models.TransientModel):
    """Profiles as JSON documents: read one in, or save one."""

    _name = "telecom.migration.profile.load"
    _description = "Profile as a document"

    profile_id = fields.Many2one("telecom.migration.profile")
    document = fields.Binary(string="Document (JSON)")
    document_name = fields.Char()

    def action_load(self):
        """Make or change the profile of the document, and open it.

        :raise UserError: naming what of the document cannot be used
        """
        self.ensure_one()
        try:
            text = b64decode(self.document or b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(self.env._("The document is no UTF-8 text.")) from error
        profile = self.env["telecom.migration.profile"].load_document(text)
        return profile._get_records_action()

    def action_save(self):
        """Write the profile's document, to be downloaded."""
        self.ensure_one()
        text = json.dumps(self.profile_id.as_document(), indent=2, ensure_ascii=False)
        self.document = b64encode(text.encode())
        self.document_name = f"{self.profile_id.code}.json"
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
