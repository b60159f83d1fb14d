# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What only the machine writes.
NOTED = frozenset({"telecom_number_changed_at", "telecom_number_changed_by_id"})


class ResPartnerBank(models.Model):
    """Since when an account number is what it is: a change may be a fraud."""

    _inherit = "res.partner.bank"

    telecom_number_changed_at = fields.Datetime(
        string="Number changed at", readonly=True, copy=False
    )
    telecom_number_changed_by_id = fields.Many2one(
        "res.users", string="Number changed by", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: when a number changed is noted by the machine."""
        for vals in vals_list:
            self._check_not_noted(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to note when the number or the holder changes."""
        self._check_not_noted(vals)
        if {"acc_number", "partner_id"} & vals.keys():
            vals = {
                **vals,
                "telecom_number_changed_at": fields.Datetime.now(),
                "telecom_number_changed_by_id": self.env.uid,
            }
        return super().write(vals)

    def _check_not_noted(self, vals):
        """Raise when a person says when a number changed, or who changed it."""
        if NOTED & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "When an account number was changed, and by whom, is noted by the "
                    "machine: leave it out."
                )
            )

    def _telecom_written_by(self):
        """Return who wrote down the number and holder as they are, and since when.

        :return: tuple of res.users and UTC datetime
        """
        self.ensure_one()
        changed_at = self.telecom_number_changed_at
        if changed_at and changed_at > self.create_date:
            return self.telecom_number_changed_by_id, changed_at
        return self.create_uid, self.create_date
