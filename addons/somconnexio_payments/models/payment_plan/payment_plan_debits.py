# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The instalments of a plan that pays by debit: parts of its bills, asked for ahead."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.money import exact

from ...dunning_rules.instalments import spread


class TelecomPaymentPlan(models.Model):
    _inherit = "telecom.payment.plan"

    def _check_debitable(self):
        """Raise for a plan by debit of an account that cannot be debited."""
        if self.collection_method == "direct_debit" and not self._has_mandate():
            raise UserError(
                self.env._(
                    "%s has no mandate in force: have one signed, or choose transfer.",
                    self.billing_account_id.display_name,
                )
            )

    def _has_mandate(self):
        """Tell whether the account can be debited on the first day of the plan."""
        # That there is a mandate is no secret for who agrees on a plan.
        account = self.billing_account_id._origin.sudo()
        return bool(self.first_date and account._usable_mandate(self.first_date))

    def _arrange_debits(self):
        """Have debited on their days what is open of the instalments to come.

        Asked for once more after a payment, it changes what no run has taken yet.
        """
        wanted = self._wanted_debits()
        for instalment in self.instalment_ids:
            for wish in instalment.debit_wish_ids.filtered(is_waiting):
                amount = wanted.pop((instalment, wish.move_id), 0)
                if not amount:
                    wish.state = "cancelled"
                elif amount != exact(wish.amount):
                    wish.amount = amount
        for (instalment, bill), amount in wanted.items():
            instalment.debit_wish_ids |= bill._debit_part(amount, instalment.due_date)

    def _wanted_debits(self):
        """Return {(instalment, bill): Decimal}, of the oldest bills first."""
        if self.collection_method != "direct_debit" or self.state != "agreed":
            return {}
        today = self.company_id._telecom_today()
        coming = self.instalment_ids.filtered(lambda one: one.due_date >= today)
        coming = coming.sorted("sequence")
        bills = self.bill_ids.sorted(lambda bill: (bill.invoice_date_due, bill.id))
        under_way = self.instalment_ids.debit_wish_ids.filtered(
            lambda wish: wish.state == "taken"
        )
        debts = [
            exact(bill.amount_residual)
            - bill._disputed_amount()
            - total(under_way.filtered(lambda wish, bill=bill: wish.move_id == bill))
            for bill in bills
        ]
        parts = [
            exact(one.open_amount) - total(one.debit_wish_ids & under_way)
            for one in coming
        ]
        return {
            (instalment, bills[place]): amount
            for instalment, row in zip(coming, spread(parts, debts), strict=True)
            for place, amount in row
        }

    def _call_off_debits(self):
        """Give up the debits of a plan that no run has taken."""
        wishes = self.instalment_ids.debit_wish_ids
        wishes.filtered(is_waiting).state = "cancelled"


class TelecomPaymentPlanInstalment(models.Model):
    _inherit = "telecom.payment.plan.instalment"

    debit_wish_ids = fields.Many2many(
        "telecom.debit.wish",
        "telecom_payment_plan_instalment_debit",
        string="Debits",
        readonly=True,
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _disputed_amount(self):
        """Return what is claimed about a bill, as Decimal."""
        return total(self.dispute_ids.filtered(lambda claim: claim.state == "open"))


def is_waiting(wish):
    """Tell whether no debit run has taken what was asked for."""
    return wish.state == "waiting"


def total(records):
    """Return the sum of the amounts of records, as Decimal."""
    return sum(map(exact, records.mapped("amount")), exact(0))
