# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Paying gives back at once what dunning took, in the transaction of the payment."""

import logging

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.somconnexio_base import lifecycle

from .case_acting import RETRIED
from .case_services import SUSPENSION_REASON

_logger = logging.getLogger(__name__)


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
            [("line_ids", "any", [("amount", "=", 0), (name, "!=", False)])]
            for name in ("restricted_kind", "suspended_date")
        )
        cases = self.search(
            Domain("billing_account_id", "in", list(account_ids))
            & Domain("state", "!=", "clear")
            & (Domain("owed_amount", "=", 0) | withheld)
        )
        for case in cases:
            case._settle()

    def _settle(self):
        """Give back the services whose part is paid; clear the case if all is."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                restored = self._restore(
                    self.line_ids.filtered(lambda li: not li.amount)
                )
                if not self.owed_amount:
                    self._clear()
                elif restored:
                    self._step_back()
        except Exception as error:  # the payment stays booked
            if getattr(error, "pgcode", None) in RETRIED:
                raise
            _logger.warning("Dunning case %s: %s", self.id, error)
            self._park(error)

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
        restored = (barred | suspended).subscription_id
        if restored:
            event = self._log("restored", subscription_ids=[(6, 0, restored.ids)])
            self._announce("service_restored", f"{self.cycle}.{event.id}")
        return restored

    def _clear(self):
        """All is paid: the ladder ends."""
        self._log("cleared")
        self._move(
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
            cleared_date=self.company_id._telecom_today(),
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _step_back(self):
        """Bring the state in line with what is still withheld."""
        if self.state == "ended":
            return
        lines = self.line_ids
        if lines.filtered("suspended_date"):
            state = "suspended"
        else:
            state = "restricted" if lines.filtered("restricted_kind") else "open"
        if state != self.state:
            self._move(state)


class TelecomDunningLine(models.Model):
    _inherit = "telecom.dunning.line"

    def _is_barred_by_dunning(self):
        """Tell whether the service has just the restriction that dunning gave it."""
        subscription = self.subscription_id
        return (
            self.restricted_kind
            and subscription.restriction_kind == self.restricted_kind
            and subscription.restriction_reason_id == self.env.ref(SUSPENSION_REASON)
        )

    def _is_suspended_by_dunning(self):
        """Tell whether the service is suspended by dunning, and not by another."""
        subscription = self.subscription_id
        return (
            self.suspended_date
            and subscription.telecom_state == lifecycle.SUSPENDED
            and subscription.suspension_reason_id == self.env.ref(SUSPENSION_REASON)
            and subscription.suspension_date == self.suspended_date
        )
