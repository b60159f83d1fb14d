# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models

from .telecom_pack_member import PACK_PASS


class ContractContract(models.Model):
    """Whatever way a subscription changes, its siblings in the pack follow."""

    _inherit = "contract.contract"

    @api.private
    def activate(self, date=None):
        """Override of ``somconnexio_base``: from now on it counts in its pack."""
        result = super().activate(date)
        for subscriptions, day in self._by_day(date):
            effects = subscriptions._pack_effects("activate", date=day)
            subscriptions._apply_pack_effects(effects)
        return result

    @api.private
    def change_offering(self, product, date):
        """Override of ``somconnexio_base``: it stays in the pack or leaves it."""
        if self.env.context.get("telecom_pack_pass") is PACK_PASS:
            return super().change_offering(product, date)
        effects = self._pack_effects("change_offering", product=product, date=date)
        lines = super().change_offering(product, date)
        self._apply_pack_effects(effects)
        return lines.exists() if effects else lines

    @api.private
    def terminate(self, reason, date=None):
        """Override of ``somconnexio_base``: the pack goes on without it."""
        effects_by_day = [
            (subscriptions, subscriptions._pack_effects("terminate", date=day))
            for subscriptions, day in self._by_day(date)
        ]
        result = super().terminate(reason, date)
        for subscriptions, effects in effects_by_day:
            subscriptions._apply_pack_effects(effects)
        return result

    @api.private
    def cancel_termination(self):
        """Override of ``somconnexio_base``: it stays in its pack."""
        effects = self._pack_effects("cancel_termination")
        result = super().cancel_termination()
        self._apply_pack_effects(effects)
        return result
