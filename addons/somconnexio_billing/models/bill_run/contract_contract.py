# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ContractContract(models.Model):
    """Subscriptions are billed by bill runs, other contracts as OCA does."""

    _inherit = "contract.contract"

    @api.model
    def _get_contracts_to_invoice_domain(self, date_ref=None):
        """Override of ``contract`` to leave subscriptions to the bill run."""
        domain = super()._get_contracts_to_invoice_domain(date_ref)
        return domain & Domain("is_telecom", "=", False)

    def _prepare_recurring_invoices_values(self, date_ref=False):
        """Override of ``contract`` to refuse subscriptions whoever asks for them."""
        subscriptions = self.filtered("is_telecom")
        if subscriptions:
            raise UserError(
                self.env._(
                    "Subscription %s is billed by the monthly bill run (Telecom,"
                    " Billing, Bill runs), not one by one. For a bill outside the"
                    " month make an off-cycle bill run for its billing account.",
                    subscriptions[:1].display_name,
                )
            )
        return super()._prepare_recurring_invoices_values(date_ref)
