# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class ContractContract(models.Model):
    """What fees do while the service is withheld; what a withdrawal gives back."""

    _inherit = "contract.contract"

    destination_provider = fields.Char(
        readonly=True,
        copy=False,
        help="The operator that the customer went to, where they said it.",
    )

    def _start_suspension_discount(self, reason, day):
        """Give the discount of the reason, if it has one, from a day on."""
        product = reason.suspension_discount_id
        if product:
            self.env["contract.line"].create(
                [s._prepare_extra_vals(product, day, 1) for s in self]
            )

    def _end_suspension_discount(self, day):
        """End the discounts of the suspension that ends before a day."""
        discounted = self.filtered("suspension_reason_id.suspension_discount_id")
        for subscription in discounted:
            product = subscription.suspension_reason_id.suspension_discount_id
            lines = subscription.contract_line_ids.filtered(
                lambda line, product=product: (
                    line.product_id == product
                    and (not line.date_end or line.date_end >= day)
                )
            )
            lines._end_before(day)

    def _check_withdrawal(self, day):
        """Raise unless the customer may withdraw from the contract on that day.

        Consumers may, within the days that the company says after the service began
        (art. 102 and 104 of RDL 1/2007).
        """
        self.ensure_one()
        if self.partner_id.commercial_partner_id.is_company:
            raise UserError(
                self.env._(
                    "%s is no consumer: choose another reason than a withdrawal.",
                    self.partner_id.display_name,
                )
            )
        first = self.activation_date
        days = self.company_id.telecom_withdrawal_days
        if first and day > first + timedelta(days=days):
            raise UserError(
                self.env._(
                    "The right of withdrawal from %(subscription)s ended on %(date)s: "
                    "choose another reason.",
                    subscription=self.display_name,
                    date=fields.Date.to_string(first + timedelta(days=days)),
                )
            )

    def _give_back_on_withdrawal(self, day):
        """Let the customer not owe what a withdrawal gives back.

        Those are single charges. Extended by the addon that makes the bills.

        :param date day: civil day of the withdrawal, the last one of service
        :return: contract.line records that are not owed any more
        """
        lines = self.contract_line_ids.filtered(
            lambda line: (
                line.telecom_line_kind == "one_shot"
                and line.product_id.is_given_back_on_withdrawal
                and not line.is_canceled
            )
        )
        lines._give_back(day)
        return lines.filtered("is_canceled")


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _give_back(self, day):
        """Let single charges not be owed any more; no bill will have them.

        Extended by the addon that makes the bills, for those that are on one.

        :param date day: civil day of the withdrawal
        """
        self.write({"is_canceled": True})
