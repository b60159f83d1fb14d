# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from stdnum.exceptions import InvalidFormat

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...numbering import esim


class TelecomResource(models.Model):
    """A SIM is a card, or an eSIM that the customer's device loads."""

    _inherit = "telecom.resource"

    sim_form = fields.Selection(
        [("card", "Card"), ("esim", "eSIM")],
        string="Form",
        default="card",
        help="Of a SIM: a card that is sent, or an eSIM that is loaded by its code.",
    )
    esim_activation_code = fields.Char(
        string="Activation code",
        copy=False,
        groups="somconnexio_base.group_telecom_user",
        help="What the QR code says: LPA:1$server$identifier. Whoever has it can load "
        "the eSIM once.",
    )

    @api.constrains("esim_activation_code")
    def _check_esim_activation_code(self):
        for resource in self.filtered("esim_activation_code"):
            try:
                esim.validate(resource.esim_activation_code)
            except InvalidFormat as error:
                raise ValidationError(
                    self.env._(
                        "The activation code of %(sim)s must read "
                        "LPA:1$server$identifier, as in its QR code.",
                        sim=resource.display_name,
                    )
                ) from error
