# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import lifecycle
from .contract_completion import LIFECYCLE_PASS


class ContractContract(models.Model):
    """Another tariff from a day on: the line in force ends, a new one begins."""

    _inherit = "contract.contract"

    @api.private
    def change_offering(self, product, date):
        """Give subscriptions another offering from a civil day on.

        The tariff in force ends the day before; tariffs planned from that day on are
        dropped, so that the last change asked for is the one that counts.

        :param product: product.product that is an offering of their service type
        :param date date: first civil day of the new offering
        :return: contract.line recordset, the new tariff lines
        :raise UserError: naming the subscription that has ended, is of another
            service type, begins later or ends before
        """
        day = fields.Date.to_date(date)
        for subscriptions in self.grouped("company_id").values():
            subscriptions._check_verb("change_offering", day, is_future_allowed=True)
        self._check_offering(product)
        self._check_within_service(day)
        self._log_offering_change(product, day)
        self._make_room_for_tariff(day)
        return self.env["contract.line"].create(
            [subscription._prepare_tariff_vals(product, day) for subscription in self]
        )

    def _check_offering(self, product):
        """Raise unless the product is an offering for every subscription."""
        if not product.is_telecom_offering:
            raise UserError(
                self.env._(
                    "%(product)s is not an offering: choose one under Telecom, "
                    "Configuration, Offerings.",
                    product=product.display_name,
                )
            )
        for subscription in self:
            service_type = subscription.telecom_service_type_id
            if product.telecom_service_type_id != service_type:
                raise UserError(
                    self.env._(
                        "%(product)s is an offering for %(other)s, but subscription "
                        "%(subscription)s is %(type)s. Choose another offering, or "
                        "open a new subscription for that service.",
                        product=product.display_name,
                        other=product.telecom_service_type_id.name,
                        subscription=subscription.display_name,
                        type=service_type.name,
                    )
                )

    def _check_within_service(self, day):
        """Raise when a subscription begins after that day or ends before it."""
        for subscription in self:
            first, last = subscription.activation_date, subscription.termination_date
            if (first and day < first) or (last and day > last):
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s is in service from %(first)s "
                        "until %(last)s: choose a day between them instead of "
                        "%(date)s.",
                        subscription=subscription.display_name,
                        first=fields.Date.to_string(first),
                        last=fields.Date.to_string(last)
                        or self.env._("further notice"),
                        date=fields.Date.to_string(day),
                    )
                )

    def _log_offering_change(self, product, day):
        """Note the change where agents look for it."""
        self._message_log_batch(
            {
                subscription.id: self.env._(
                    "Offering from %(date)s: %(new)s (before: %(old)s).",
                    date=fields.Date.to_string(day),
                    new=product.display_name,
                    old=subscription.telecom_offering_id.display_name or "-",
                )
                for subscription in self
            }
        )

    def _make_room_for_tariff(self, day):
        """End the tariffs that reach that day; drop those that begin on it or later."""
        tariffs = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind == "tariff"
                and (not line.date_end or line.date_end >= day)
            )
        )
        replaced = tariffs.filtered(
            lambda line: (
                line.date_start >= day
                or line.contract_id.telecom_state == lifecycle.PENDING
            )
        )
        replaced.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        (tariffs - replaced).write({"date_end": day - timedelta(days=1)})

    def _prepare_tariff_vals(self, product, day):
        """Return the values of a tariff line that begins on a day."""
        self.ensure_one()
        return {
            "contract_id": self.id,
            "product_id": product.id,
            "date_start": day,
            "date_end": self.termination_date,
        }
