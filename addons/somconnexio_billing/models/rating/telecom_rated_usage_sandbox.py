# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from . import rating_sandbox, rating_scope


class TelecomRatedUsage(models.Model):
    """What a rating of copies, or of some subscriptions, leaves out."""

    _inherit = "telecom.rated.usage"

    def _lock_rating(self, company):
        """Override: copies are nobody else's, so that nobody has to wait for them."""
        if self.env.context.get(rating_sandbox.CONTEXT_KEY):
            return None
        return super()._lock_rating(company)

    def _ensure_rated_months(self, params):
        """Override: a copy has no partitions, and of a view none can be made."""
        keys = (rating_sandbox.CONTEXT_KEY, rating_scope.CONTEXT_KEY)
        if any(self.env.context.get(key) for key in keys):
            return None
        return super()._ensure_rated_months(params)
