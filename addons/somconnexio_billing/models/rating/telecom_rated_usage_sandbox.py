# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from .rating_sandbox import CONTEXT_KEY


class TelecomRatedUsage(models.Model):
    """What a rating in a sandbox leaves out."""

    _inherit = "telecom.rated.usage"

    def _lock_rating(self, company):
        """Override: copies are nobody else's, so that nobody has to wait for them."""
        if not self.env.context.get(CONTEXT_KEY):
            super()._lock_rating(company)

    def _ensure_rated_months(self, params):
        """Override: the copy of rated usage has no partitions."""
        if not self.env.context.get(CONTEXT_KEY):
            super()._ensure_rated_months(params)
