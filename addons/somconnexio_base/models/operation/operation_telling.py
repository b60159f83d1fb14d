# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError

from ...partner_data import address
from ...partner_data.reading import VALID
from ...trial import is_trial
from .kinds.base import ADDRESS_TERMS, PAYMENT_TERMS
from .telecom_subscription_operation import CANCELLED, DONE, FAILED, PLANNED, UNDONE


class TelecomSubscriptionOperation(models.Model):
    """Who is told about an operation: colleagues, the customer, other systems."""

    _inherit = "telecom.subscription.operation"

    def _kind_label(self):
        """Return the name of the kind as people read it; of none, nothing."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels.get(self.kind, "")

    def _tell(self, stage):
        """Note a stage of the operation where people look, and announce it.

        :param str stage: a state of operations
        """
        self.ensure_one()
        if is_trial(self.env):
            return
        self._target()._message_log(body=self._stage_text(stage))
        kind = self._kind()
        notice = {PLANNED: kind.planned_notice, DONE: kind.done_notice}.get(stage)
        if notice:
            self.env["telecom.notice"]._announce(notice, self)
        if kind.change and stage in (DONE, UNDONE):
            self._publish_change(kind.change)

    def _publish_change(self, change):
        """Let other systems know what changed of which subscriptions.

        :param str change: what the event calls it
        """
        touched = self.subscription_id or self.billing_account_id._open_subscriptions()
        self.env["telecom.webhook"]._publish(
            "subscription.changed",
            touched,
            {"change": change, "effective_date": self._day_text()},
        )

    def _stage_text(self, stage):
        """Return the sentence about a stage of the operation."""
        name = self.display_name
        sentences = {
            PLANNED: self.env._("Planned: %s.", name),
            DONE: self.env._("Done: %s.", name),
            FAILED: self.env._(
                "Failed: %(name)s. %(why)s", name=name, why=self.failure
            ),
            CANCELLED: self.env._("Cancelled: %s.", name),
            UNDONE: self.env._("Undone: %s.", name),
        }
        return sentences[stage]

    def _check_payment_given(self):
        """Raise when neither an IBAN nor a mail nor a way to collect is given."""
        if not any(self[name] for name in PAYMENT_TERMS):
            raise UserError(
                self.env._("Give another IBAN, e-mail or way of collecting.")
            )

    def _payment_vals(self, payer):
        """Return the values of a billing account that the terms ask for.

        :param payer: res.partner whose bank account the IBAN is
        """
        self.ensure_one()
        vals = {}
        if self.iban:
            bank = payer._telecom_bank_account(self.iban)
            vals.update(partner_bank_id=bank.id, collection_method="direct_debit")
        if self.bill_email:
            vals["bill_email"] = self.bill_email
        if self.collection_method:
            vals["collection_method"] = self.collection_method
        return self.billing_account_id._tidy(vals)

    def _account_of_new_holder(self):
        """Return the account that the new holder pays with, a new one at need."""
        self.ensure_one()
        if self.account_id:
            return self.account_id
        partner = self.partner_id
        vals = self._payment_vals(partner)
        Account = self.env["telecom.billing.account"]
        found = Account._find_like(partner, self.company_id, vals)
        return found or Account._open(vals, partner, self.company_id)

    def _create_address(self, holder):
        """Return a new contact of the holder with the address of the terms.

        The country is the holder's unless another one is said; the province, on which
        the taxes depend, follows from a Spanish postal code.

        :raise UserError: when street or town is missing
        """
        self.ensure_one()
        if not (self.street and self.city):
            raise UserError(
                self.env._("Choose an address on file, or write street and town.")
            )
        vals = self._convert_to_write({name: self[name] for name in ADDRESS_TERMS})
        country = (
            self.country_id
            or self.state_id.country_id
            or holder.country_id
            or self.company_id.country_id
        )
        state = self.state_id or self._province_of_zip(country)
        return self.env["res.partner"].create(
            {
                **vals,
                "name": holder.name,
                "parent_id": holder.id,
                "type": "other",
                "state_id": state.id,
                "country_id": country.id,
            }
        )

    def _province_of_zip(self, country):
        """Return the province that the postal code of the terms is in, if it says."""
        Partner = self.env["res.partner"]
        reading = address.read_zip(self.zip, country.code)
        province = reading.state == VALID and address.province(reading.normal)
        return Partner._state_of(province.code) if province else Partner.state_id
