# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Paying gives back at once what dunning took, in the transaction of the payment."""

import logging

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.somconnexio_base import lifecycle
from odoo.addons.somconnexio_base.money import exact

from .case_acting import RETRIED
from .case_services import SUSPENSION_REASON

_logger = logging.getLogger(__name__)

RESTORED_KIND = "service_restored"


class TelecomDunningCase(models.Model):
    _inherit = "telecom.dunning.case"

    @api.model
    def _follow_payments(self, accounts):
        """Look again at billing accounts for which money came, or went.

        Whatever books the payment: what dunning withheld is given back in the same
        transaction. A fault here must not undo the booking, so it parks the case.

        :param accounts: telecom.billing.account
        """
        # Who books a payment need not have a role in dunning: this follows from it.
        cases = self.sudo().search(
            [("billing_account_id", "in", accounts.ids), ("state", "!=", "clear")]
        )
        for company, some in cases.grouped("company_id").items():
            account_ids = some.billing_account_id.ids
            day = company._telecom_today()
            rows = self.sudo()._decide(company, day, account_ids)
            self.sudo()._write_down(company, day, rows)
            self.sudo()._settle_paid(account_ids)

    @api.model
    def _settle_paid(self, account_ids):
        """Give back what is paid, and clear the cases with nothing overdue.

        :param account_ids: list of ids of billing accounts
        """
        withheld = Domain.OR(
            [("line_ids", "any", [(name, "!=", False)])]
            for name in ("restricted_kind", "suspended_date")
        )
        cases = self.search(
            Domain("billing_account_id", "in", list(account_ids))
            & Domain("state", "!=", "clear")
            & (Domain("owed_amount", "=", 0) | withheld)
        )
        cases.filtered(
            lambda case: not case.owed_amount or case._lines_to_give_back()
        )._settle()

    def _settle(self):
        """Give services back and clear cases in a savepoint; if it fails, one by one.

        The payment stays booked whatever happens: a case that fails is parked.
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._settle_together()
        except Exception as error:  # one account's fault must not stop the others
            if getattr(error, "pgcode", None) in RETRIED:
                raise
            if len(self) > 1:
                for case in self:
                    case._settle()
                return
            _logger.warning("Dunning case %s: %s", self.id, error)
            self._park(error)

    def _settle_together(self):
        """Give back the services whose part is paid; clear the cases that are."""
        self._restore(self._lines_to_give_back())
        paid = self.filtered(lambda case: not case.owed_amount)
        paid._clear()
        (self - paid)._step_back()

    def _lines_to_give_back(self):
        """Return what is withheld although hardly anything is owed, or may not be."""
        return self.line_ids.filtered(
            lambda line: (
                (line.restricted_kind or line.suspended_date)
                and (
                    not line.amount
                    or line.case_id._owes_too_little()
                    or line.case_id._is_protected()
                )
            )
        )

    def _is_protected(self):
        """Tell whether the household is vulnerable today, as far as was proven."""
        payer = self.billing_account_id.sudo().commercial_partner_id
        until = payer.telecom_vulnerable_until_date
        return payer.telecom_is_vulnerable and (
            not until or until >= self.company_id._telecom_today()
        )

    def _owes_too_little(self):
        """Tell whether what is left is less than the policy does anything for.

        What is being debited is not paid yet, so it counts.
        """
        left = exact(self.amount) + exact(self.debited_amount)
        return left <= 0 or left < exact(self.policy_id.minimum_amount)

    def _restore(self, lines):
        """Give back what dunning took of some subscriptions, and nothing else.

        :return: contract.contract, those that got something back
        """
        barred = lines.filtered(lambda line: line._is_barred_by_dunning())
        suspended = lines.filtered(lambda line: line._is_suspended_by_dunning())
        if barred:
            barred._quiet_subscriptions().lift_restriction()
        if suspended:
            suspended._quiet_subscriptions().resume()
        touched = lines.filtered(lambda li: li.restricted_kind or li.suspended_date)
        touched.write({"restricted_kind": False, "suspended_date": False})
        restored = barred | suspended
        restored.case_id._tell_restored(restored)
        return restored.subscription_id

    def _tell_restored(self, lines):
        """Note what was given back, and say so to the members.

        :param lines: telecom.dunning.line of these cases
        """
        if not self:
            return
        by_case = lines.grouped("case_id")
        rows = [
            {
                **case._event_vals("restored"),
                "subscription_ids": [(6, 0, by_case[case].subscription_id.ids)],
            }
            for case in self
        ]
        events = self.env["telecom.dunning.event"]._append(rows)
        self._announce(RESTORED_KIND, f"restored {max(events.ids)}")

    def _clear(self):
        """All is paid: the ladder ends, and what was still to be said is not."""
        if not self:
            return
        self._log("cleared")
        self._withdraw_notices()
        for company, cases in self.grouped("company_id").items():
            cases._move(
                "clear",
                step_id=False,
                step_date=False,
                next_step_id=False,
                next_date=False,
                conditions=False,
                stop=False,
                notice_id=False,
                handed_over_date=False,
                hold_until_date=False,
                hold_reason=False,
                error=False,
                return_class=False,
                cleared_date=company._telecom_today(),
            )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _withdraw_notices(self):
        """Take back the reminders that have not left yet: they would be wrong."""
        kinds = self.policy_id.step_ids.notice_kind_id
        waiting = self.env["telecom.notice"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("kind_id", "in", kinds.ids),
                ("res_id", "in", self.ids),
                ("state", "=", "waiting"),
            ]
        )
        # What is being sent at this moment cannot be stopped any more.
        waiting.try_lock_for_update()._withdraw(self.env._("Paid before it was sent."))

    def _step_back(self):
        """Bring the states in line with what is still withheld."""
        for case in self.filtered(lambda one: one.state != "ended"):
            lines = case.line_ids
            if lines.filtered("suspended_date"):
                state = "suspended"
            else:
                state = "restricted" if lines.filtered("restricted_kind") else "open"
            if state != case.state:
                case._move(state)


class TelecomDunningLine(models.Model):
    _inherit = "telecom.dunning.line"

    def _reason_id(self):
        """Return the id of the reason that dunning gives, without a query for each."""
        return self.env["ir.model.data"]._xmlid_to_res_id(SUSPENSION_REASON)

    def _is_barred_by_dunning(self):
        """Tell whether the service has just the restriction that dunning gave it."""
        subscription = self.subscription_id
        return (
            self.restricted_kind
            and subscription.restriction_kind == self.restricted_kind
            and subscription.restriction_reason_id.id == self._reason_id()
        )

    def _is_suspended_by_dunning(self):
        """Tell whether the service is suspended by dunning, and not by another."""
        subscription = self.subscription_id
        return (
            self.suspended_date
            and subscription.telecom_state == lifecycle.SUSPENDED
            and subscription.suspension_reason_id.id == self._reason_id()
            and subscription.suspension_date == self.suspended_date
        )
