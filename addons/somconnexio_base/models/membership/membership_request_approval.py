# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError

from ...partner_data import tax_id
from .state_mixin import serialise


class CooperativeMembershipRequest(models.Model):
    """The decision about a request, and what follows from it."""

    _inherit = "cooperative.membership.request"

    def action_receive(self):
        """Put requests on the list of those that wait for a decision."""
        for request in self:
            if problems := list(request._identity_problems()):
                raise UserError(request._problem_message(problems))
        self._move("received")
        self._tell_received()
        return True

    def action_refuse(self):
        """Refuse requests; each must say why."""
        for request in self:
            if not request.refusal_reason:
                raise UserError(
                    self.env._("%s: write why it is refused.", request.display_name)
                )
        self._decided("refused")
        return True

    def action_cancel(self):
        """Withdraw requests, as the applicant wishes."""
        self._decided("cancelled")
        return True

    def action_approve(self):
        """Approve requests: each becomes a membership, or none does.

        Who contributes waits for the first payment, unless the company lets members
        join on approval; sponsored people and those of an agreement join at once.

        :return: True
        :raise UserError: naming the request and everything that is missing
        """
        for request in self:
            request._approve()
        return True

    def _approve(self):
        """Approve one request, safe from another person who does the same."""
        self.ensure_one()
        self._serialise()
        serialise(self.sponsor_id | self.inherits_from_id)
        serialise(self.agreement_id)
        self._check_moves("approved")
        if problems := self._problems():
            raise UserError(self._problem_message(problems))
        partner = self.partner_id or self._find_partner() or self._create_partner()
        membership = self._create_membership(partner)
        self._decided("approved")
        self._write_guarded(membership_id=membership.id, partner_id=partner.id)
        self._bring_in_capital(membership)
        if membership.state == "pending" and self._joins_on_approval():
            membership._join(self.company_id._telecom_today())

    def _problem_message(self, problems):
        """Return what is missing, one line each, under the request's name."""
        self.ensure_one()
        return "\n".join([self.env._("%s cannot go on:", self.display_name), *problems])

    def _joins_on_approval(self):
        """Tell whether the membership begins without waiting for a payment."""
        return (
            self.kind != "member"
            or bool(self.inherits_from_id)
            or self.company_id.cooperative_admission == "on_approval"
        )

    def _create_partner(self):
        """Write down the person or entity of the request."""
        return self.env["res.partner"].create(
            {
                "name": self.name,
                "is_company": self.applicant_kind == "company",
                "vat": self._country_vat(self.vat),
                "email": self.email,
                "phone": self.phone,
                "street": self.street,
                "zip": self.zip,
                "city": self.city,
                "state_id": self.state_id.id,
                "country_id": self.country_id.id,
                "lang": self.lang,
            }
        )

    def _country_vat(self, vat):
        """Return a tax ID in its normal form, with the letters of its country."""
        return tax_id.read(vat).normal or vat

    def _representative(self, partner):
        """Return who acts for the applicant, written down when new; may be empty."""
        if self.representative_id or not self.representative_name:
            return self.representative_id
        vat = self._country_vat(self.representative_vat)
        Partner = self.env["res.partner"]
        found = vat and Partner.search([("vat", "=", vat)], limit=1)
        return found or Partner.create(
            {
                "name": self.representative_name,
                "vat": vat,
                "lang": self.lang,
                "function": self.env._("Representative of %s", partner.name),
            }
        )

    def _bank_account(self, partner):
        """Return the bank account with the request's IBAN, made when new."""
        if not self.iban:
            return self.env["res.partner.bank"]
        found = partner.bank_ids.filtered(
            lambda bank: bank.sanitized_acc_number == self.iban
        )
        return found[:1] or self.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": self.iban}
        )

    def _create_membership(self, partner):
        """Return the new, pending membership of an approved request."""
        return self.env["cooperative.membership"]._create_guarded(
            {
                "partner_id": partner.id,
                "company_id": self.company_id.id,
                "kind": self.kind,
                "request_id": self.id,
                "admitted_date": self.company_id._telecom_today(),
                "sponsor_id": self.sponsor_id.id,
                "agreement_id": self.kind == "agreement" and self.agreement_id.id,
                "representative_id": self._representative(partner).id,
                "partner_bank_id": self._bank_account(partner).id,
            }
        )

    def _bring_in_capital(self, membership):
        """Subscribe the contribution, or take over the shares of who died."""
        if self.kind != "member":
            return
        day = self.company_id._telecom_today()
        key = f"request:{self.id}"
        if not self.inherits_from_id:
            membership.sudo().subscribe(
                self.share_class_id, self.share_count, self.instalment_count, day, key
            )
            return
        giver = self.inherits_from_id
        for share_class, balance in giver._balances().items():
            if balance.shares:
                giver.transfer_shares(
                    membership,
                    share_class,
                    balance.shares,
                    day,
                    f"{key}:{share_class.id}",
                )

    def action_view_membership(self):
        """Open the membership that came of the request."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "cooperative.membership",
            "res_id": self.membership_id.id,
            "view_mode": "form",
        }
