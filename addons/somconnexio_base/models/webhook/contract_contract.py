# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import lifecycle

EVENT_BY_STATE = {
    lifecycle.ACTIVE: "subscription.activated",
    lifecycle.SUSPENDED: "subscription.suspended",
    lifecycle.TERMINATED: "subscription.terminated",
}
RESUMED = "subscription.resumed"
CHANGED = "subscription.changed"


class ContractContract(models.Model):
    """The events of a subscription's life."""

    _inherit = "contract.contract"

    def _transition(self, to_state, day, vals=None, reason=None):
        """Override of ``somconnexio_base`` to tell other systems."""
        resumed = self.filtered(
            lambda s: (
                s.telecom_state == lifecycle.SUSPENDED and to_state == lifecycle.ACTIVE
            )
        )
        result = super()._transition(to_state, day, vals, reason)
        details = {"effective_date": fields.Date.to_string(day)}
        if reason:
            details["reason"] = reason.code
        Webhook = self.env["telecom.webhook"]
        Webhook._publish(RESUMED, resumed, details)
        if event := EVENT_BY_STATE.get(to_state):
            Webhook._publish(event, self - resumed, details)
        return result

    @api.private
    def change_offering(self, product, date):
        """Override of ``somconnexio_base`` to tell other systems."""
        lines = super().change_offering(product, date)
        self.env["telecom.webhook"]._publish(
            CHANGED,
            self,
            {
                "change": "offering",
                "effective_date": str(fields.Date.to_date(date)),
                "offering": product.default_code or str(product.id),
            },
        )
        return lines

    def _webhook_payload(self):
        """Override of ``base``: which subscription, whose, in which state.

        :return: list of dicts with id, code, state, service_type, offering,
            billing_account and customer_id
        """
        return [
            {
                "id": contract.id,
                "code": contract.code,
                "state": contract.telecom_state or None,
                "service_type": contract.telecom_service_type_id.code or None,
                "offering": contract.telecom_offering_id.default_code or None,
                "billing_account": contract.telecom_billing_account_id.code or None,
                "customer_id": contract.partner_id.id,
            }
            for contract in self
        ]
