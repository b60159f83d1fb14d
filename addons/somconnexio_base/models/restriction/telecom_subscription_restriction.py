# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

#: What is withheld. Emergency and incoming calls always stay.
KINDS = [
    ("data", "Data barred"),
    ("outgoing", "Outgoing calls, messages and data barred"),
]


class TelecomSubscriptionRestriction(models.Model):
    """One change of what is barred of a service. Rows are added, never changed."""

    _name = "telecom.subscription.restriction"
    _description = "Restriction of a Subscription"
    _order = "id desc"
    _rec_name = "to_kind"

    subscription_id = fields.Many2one(
        "contract.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="subscription_id.company_id", store=True, precompute=True, index=True
    )
    from_kind = fields.Selection(KINDS, readonly=True, help="Empty: nothing was.")
    to_kind = fields.Selection(KINDS, readonly=True, help="Empty: nothing is barred.")
    effective_date = fields.Date(
        required=True, readonly=True, help="Civil date from which it holds."
    )
    reason_id = fields.Many2one(
        "telecom.lifecycle.reason", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    def write(self, vals):
        """Refuse: the history is only added to."""
        raise UserError(self._append_only_message())

    def unlink(self):
        """Refuse: the history is only added to."""
        raise UserError(self._append_only_message())

    def _append_only_message(self):
        return self.env._(
            "The restrictions of a subscription cannot be changed afterwards: restrict "
            "it again or lift the restriction."
        )

    def _append(self, vals_list):
        """Add rows in the name of the user; nobody has the right to by hand.

        :param list vals_list: values without ``user_id``
        """
        rows = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return self.sudo().create(rows)
