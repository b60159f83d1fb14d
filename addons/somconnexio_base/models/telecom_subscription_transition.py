# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from .. import lifecycle


class TelecomSubscriptionTransition(models.Model):
    """One change of state of a subscription. Rows are added, never changed."""

    _name = "telecom.subscription.transition"
    _description = "State Change of a Subscription"
    _inherit = ["telecom.append.only.mixin"]
    _order = "id desc"
    _rec_name = "to_state"

    subscription_id = fields.Many2one(
        "contract.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="subscription_id.company_id", store=True, precompute=True, index=True
    )
    from_state = fields.Selection(list(lifecycle.STATES), readonly=True)
    to_state = fields.Selection(list(lifecycle.STATES), required=True, readonly=True)
    effective_date = fields.Date(
        required=True, readonly=True, help="Civil date from which the state holds."
    )
    reason_id = fields.Many2one(
        "telecom.lifecycle.reason", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    def _append_only_message(self):
        """Override to say how a wrong state is corrected."""
        return self.env._(
            "The history of a subscription cannot be changed. Correct a wrong state "
            "by another change of state."
        )

    def _append(self, vals_iterable):
        """Add rows in the name of the user, so that they say what really happened.

        :param vals_iterable: iterable of dicts of values without ``user_id``
        :return: the new rows
        """
        return self._insert(vals_iterable)
