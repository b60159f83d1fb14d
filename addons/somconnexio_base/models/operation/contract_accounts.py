# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from ... import lifecycle
from ...partner_data import iban as iban_reading

#: What distinguishes the billing accounts of one payer.
KEY_FIELDS = ("partner_bank_id", "collection_method", "bill_email")
#: What a billing account takes over from the one that it is split from.
COPIED_FIELDS = ("bill_delivery", "lang", "fiscal_position_id")


class ContractContract(models.Model):
    """Who pays for a subscription, and how."""

    _inherit = "contract.contract"

    @api.private
    def move_to_account(self, account):
        """Let another billing account pay for subscriptions, from the next bill on.

        The next bill has all that no bill has charged yet; what an earlier one charged
        stays where it is.

        :param account: telecom.billing.account of the same payer
        :return: True
        """
        self.write(
            {
                "telecom_billing_account_id": account.id,
                "invoice_partner_id": account.partner_id.id,
            }
        )
        return True


class TelecomBillingAccount(models.Model):
    """The billing accounts of a payer: one for each way to pay and to be told."""

    _inherit = "telecom.billing.account"

    @api.model
    def _tidy(self, vals):
        """Return values as they are stored, to be compared with those of accounts."""
        vals = dict(vals)
        self._tidy_bill_email(vals)
        return vals

    def _stored_values(self, names):
        """Return fields of the account as JSON can hold them."""
        self.ensure_one()
        return self._convert_to_write({name: self[name] for name in names})

    def _account_like(self, vals):
        """Return another account of the payer that is like this one but for values.

        :param dict vals: values of ``KEY_FIELDS``
        """
        self.ensure_one()
        wanted = {**self._stored_values(KEY_FIELDS), **vals}
        return self._find_like(self.partner_id, self.company_id, wanted) - self

    def _open_like(self, vals):
        """Open an account that is like this one but for values.

        :param dict vals: values of ``KEY_FIELDS``
        """
        self.ensure_one()
        own = self._stored_values((*KEY_FIELDS, *COPIED_FIELDS))
        return self._open({**own, **vals}, self.partner_id, self.company_id)

    @api.model
    def _find_like(self, partner, company, vals):
        """Return an account of a payer with these values, empty if there is none."""
        domain = [("partner_id", "=", partner.id), ("company_id", "=", company.id)]
        return self.search(
            [*domain, *((name, "=", value) for name, value in vals.items())], limit=1
        )

    @api.model
    def _open(self, vals, partner, company):
        """Return a new account of a payer."""
        return self.create({**vals, "partner_id": partner.id, "company_id": company.id})

    def _open_subscriptions(self):
        """Return the subscriptions of the account that have not ended."""
        return self.subscription_ids.filtered(
            lambda subscription: subscription.telecom_state != lifecycle.TERMINATED
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _telecom_bank_account(self, iban):
        """Return the bank account of a partner with an IBAN, added if it is new.

        :param str iban: as people write it
        :raise UserError: when it is no IBAN
        """
        self.ensure_one()
        reading = iban_reading.read(iban)
        if reading.state != "valid":
            raise UserError(
                self.env._(
                    "%(iban)s is not a valid IBAN: compare each digit.", iban=iban
                )
            )
        number = iban_reading.compact(reading.normal)
        owner = self.commercial_partner_id
        Bank = self.env["res.partner.bank"]
        found = Bank.search(
            [
                ("partner_id.commercial_partner_id", "=", owner.id),
                ("sanitized_acc_number", "=", number),
            ],
            limit=1,
        )
        return found or Bank.create(
            {"partner_id": self.id, "acc_number": reading.normal}
        )
