# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..contract_completion import LIFECYCLE_PASS


class ContractContract(models.Model):
    """What a subscription has beside its tariff: add-ons, and single charges."""

    _inherit = "contract.contract"

    @api.private
    def add_addon(self, product, date, quantity=1):
        """Charge subscriptions an add-on every month, from a civil day on.

        :param product: product.product of the kind add-on
        :param date date: first civil day
        :param int quantity: how many of it
        :return: contract.line recordset, the new lines
        :raise UserError: naming the subscription that has it already, or is not in
            service on that day
        """
        day = fields.Date.to_date(date)
        self._check_extra(product, "addon")
        self._check_within_service(day)
        for subscription in self:
            if subscription._addon_lines(product, day):
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s has %(product)s already.",
                        subscription=subscription.display_name,
                        product=product.display_name,
                    )
                )
        return self.env["contract.line"].create(
            [s._prepare_extra_vals(product, day, quantity) for s in self]
        )

    @api.private
    def remove_addon(self, product, date):
        """End an add-on of subscriptions.

        :param product: product.product of the kind add-on
        :param date date: first civil day without it
        :return: True
        :raise UserError: naming the subscription that does not have it
        """
        day = fields.Date.to_date(date)
        for subscription in self:
            lines = subscription._addon_lines(product, day)
            if not lines:
                raise UserError(
                    self.env._(
                        "Subscription %(subscription)s has no %(product)s on %(date)s.",
                        subscription=subscription.display_name,
                        product=product.display_name,
                        date=fields.Date.to_string(day),
                    )
                )
            lines._end_before(day)
        return True

    @api.private
    def buy_one_shot(self, product, date, quantity=1):
        """Charge subscriptions something once.

        :param product: product.product of the kind one-shot
        :param date date: civil day of the charge
        :param int quantity: how many of it
        :return: contract.line recordset, the new lines
        :raise UserError: naming the subscription that is not in service on that day
        """
        day = fields.Date.to_date(date)
        self._check_extra(product, "one_shot")
        self._check_within_service(day)
        return self.env["contract.line"].create(
            [
                {**s._prepare_extra_vals(product, day, quantity), "date_end": day}
                for s in self
            ]
        )

    def _check_extra(self, product, kind):
        """Raise unless the product is of the kind, and for this type of service."""
        labels = dict(product._fields["telecom_kind"]._description_selection(self.env))
        if product.telecom_kind != kind:
            raise UserError(
                self.env._(
                    "%(product)s is not of the kind %(kind)s: choose another one.",
                    product=product.display_name,
                    kind=labels[kind],
                )
            )
        wanted = product.telecom_service_type_id
        for subscription in self:
            own = subscription.telecom_service_type_id
            if wanted and wanted != own:
                raise UserError(
                    self.env._(
                        "%(product)s is for %(wanted)s; %(subscription)s is %(own)s.",
                        product=product.display_name,
                        wanted=wanted.name,
                        subscription=subscription.display_name,
                        own=own.name,
                    )
                )

    def _addon_lines(self, product, day):
        """Return the lines of an add-on that reach a day or begin after it."""
        return self.contract_line_ids.filtered(
            lambda line: (
                line.product_id == product
                and line.telecom_line_kind == "addon"
                and (not line.date_end or line.date_end >= day)
            )
        )

    def _prepare_extra_vals(self, product, day, quantity):
        """Return the values of a line beside the tariff."""
        self.ensure_one()
        return {
            "contract_id": self.id,
            "product_id": product.id,
            "quantity": quantity,
            "date_start": day,
            "date_end": self.termination_date,
        }


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _end_before(self, day):
        """End lines the day before; drop those that would not have begun."""
        later = self.filtered(lambda line: line.date_start >= day)
        later.with_context(telecom_pass=LIFECYCLE_PASS).unlink()
        (self - later).write({"date_end": day - timedelta(days=1)})
