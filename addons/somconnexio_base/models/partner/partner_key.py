# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

KEY_KINDS = [
    ("tax_id", "Tax ID"),
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("iban", "IBAN"),
    ("name_zip", "Name and postal code"),
    ("address", "Address"),
]


class TelecomPartnerKey(models.Model):
    """What a partner is found by when somebody writes it down again.

    Derived by ``partner_data.keys`` whenever a partner or its bank account changes;
    ``res.partner`` writes the rows by the steps 20 and 21 of ``sql/partner``.
    """

    _name = "telecom.partner.key"
    _description = "Key of a partner"
    _log_access = False
    _order = "partner_id, kind, value"
    _rec_name = "value"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KEY_KINDS, required=True, readonly=True)
    value = fields.Char(required=True, readonly=True)

    _once = models.Constraint(
        "UNIQUE (partner_id, kind, value)", "The partner has this key already."
    )
    # What a new partner is compared with: some look-ups here, whatever the size.
    _value_idx = models.Index("(value, kind, partner_id)")
