# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import binascii
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class TelecomPaymentGatewayRegisterUpload(models.TransientModel):
    """Take a bank's register and compare it."""

    _name = "telecom.payment.gateway.register.upload"
    _description = "Compare a Bank App's Register"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        ondelete="cascade",
    )
    day = fields.Date(
        required=True,
        default=lambda self: self.env.company._telecom_today() - timedelta(days=1),
    )
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_compare(self):
        """Compare and open the register.

        :raise UserError: for a file that cannot be read
        """
        self.ensure_one()
        register = self.env["telecom.payment.gateway.register"]._compare_file(
            self.gateway_id, self.day, self._content(), self.file_name or ""
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": register._name,
            "res_id": register.id,
            "view_mode": "form",
        }

    def _content(self):
        """Return the bytes of the file.

        :raise UserError: for what a program sent that is no base64
        """
        try:
            return base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise UserError(
                self.env._("%s: the content is not base64.", self.file_name or "")
            ) from error
