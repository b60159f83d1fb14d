# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How a bank writes the register of a day."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...gateway_protocols.layout import AMOUNT_FORMATS
from ...gateway_protocols.register import RegisterFormat
from .payment_gateway import AMOUNT_LABELS


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    register_delimiter = fields.Char(
        string="Between columns", default=";", required=True
    )
    register_encoding = fields.Char(
        string="Encoding", default="utf-8-sig", required=True
    )
    register_transaction_column = fields.Char(
        string="Column of the number", default="txn_id", required=True
    )
    register_identifier_column = fields.Char(
        string="Column of the identifier", default="account", required=True
    )
    register_amount_column = fields.Char(
        string="Column of the amount", default="sum", required=True
    )
    register_date_column = fields.Char(string="Column of the date")
    register_amount_format = fields.Selection(
        [(code, AMOUNT_LABELS[code]) for code in AMOUNT_FORMATS],
        string="Amounts of the register",
        default="decimal",
        required=True,
    )

    @api.constrains("register_delimiter", "register_encoding")
    def _check_register_format(self):
        for gateway in self:
            try:
                "".encode(gateway.register_encoding)
                is_right = len(gateway.register_delimiter) == 1
            except LookupError:
                is_right = False
            if not is_right:
                raise ValidationError(
                    self.env._(
                        "The register of %s: columns are parted by one sign such as ;, "
                        "and the encoding is one such as utf-8.",
                        gateway.name,
                    )
                )

    def _register_format(self):
        """Return the form in which the bank's register is read."""
        self.ensure_one()
        return RegisterFormat(
            delimiter=self.register_delimiter,
            encoding=self.register_encoding,
            transaction_column=self.register_transaction_column,
            identifier_column=self.register_identifier_column,
            amount_column=self.register_amount_column,
            date_column=self.register_date_column or "",
            amount_format=self.register_amount_format,
        )
