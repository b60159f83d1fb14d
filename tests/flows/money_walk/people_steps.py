# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Claims, plans, holds, and the nights with their runs."""

from datetime import timedelta

from .book import exact
from .checking import Fault


class PeopleSteps:
    """Steps of a walk about unpaid bills, and the passing of days."""

    def step_claim(self, chance):
        """An agent writes down that somebody does not agree with a bill."""
        bill = self._some_open_bill(self._some_account(chance), chance)
        if not bill:
            return "no bill"
        vals = {"bill_id": bill.id, "reason": "Not my call"}
        if chance.random() < 0.5:
            vals["amount"] = round(bill.amount_residual / 2, 2)
        claim = self._as("agent", self.env["telecom.payment.dispute"]).create(vals)
        return f"{bill.name} {claim.amount} of {bill.amount_residual}"

    def step_claim_ends(self, chance):
        """An agent closes a claim; the bill is credited by others if it was wrong."""
        claims = self.env["telecom.payment.dispute"].search([("state", "=", "open")])
        if not claims:
            return "no claim"
        claim = self._as("agent", chance.choice(claims))
        outcome = chance.choice(("upheld", "rejected", "withdrawn"))
        getattr(claim, f"action_close_{outcome}")()
        return f"{claim.bill_id.name} {outcome}"

    def step_plan(self, chance):
        """An agent agrees on a payment plan, or gives one up."""
        Plan = self._as("agent", self.env["telecom.payment.plan"])
        agreed = Plan.search([("state", "=", "agreed")])
        if agreed and chance.random() < 0.2:
            chance.choice(agreed).action_cancel()
            return "given up"
        account = self._some_account(chance)
        plan = Plan.create(
            {
                "billing_account_id": account.id,
                "instalment_count": chance.randint(1, 3),
                "first_date": self.today + timedelta(days=chance.randint(0, 9)),
                "restores_service": chance.random() < 0.7,
            }
        )
        plan.action_agree()
        return f"{account.code} {plan.amount} by {plan.collection_method}"

    def step_hold(self, chance):
        """An agent puts a case on hold, or lets it go on."""
        case = self._some_account(chance).dunning_case_ids
        case = self._as("agent", case.filtered(lambda one: one.state != "clear"))
        if not case:
            return "no case"
        if case.hold_until_date:
            case.action_release()
            return f"{case.billing_account_id.code} released"
        case.hold(self.today + timedelta(days=chance.randint(1, 6)), "asked to wait")
        return f"{case.billing_account_id.code} held until {case.hold_until_date}"

    def step_night(self, chance):
        """Some days pass at the bank; in the last night the scheduler works."""
        self._pass_days(chance.choice((1, 1, 2, 3, 5)))
        self._hand_over_notices(chance)
        standing = sum(map(_is_withheld, self.services.values()))
        return f"{self.today}, {standing} services stand"

    def _pass_days(self, days):
        self._go_to(self.today + timedelta(days=days))
        self.bank.advance(self.today - timedelta(days=1))
        self._work_at_night()

    def _work_at_night(self):
        """Do what the scheduler does, and see that it leaves alone what is stopped."""
        self.env["telecom.debit.run"]._cron_book_due()
        self._close_runs()
        self.book.book_debits(self.today)
        fees = self._fee_bills()
        self.env["telecom.returned.debit"]._cron_try_again()
        self.book.settle_returns()
        self._write_down_fees(fees)
        self.env["telecom.payment.plan"]._cron_follow()
        waiting = self.env["telecom.bank.transaction"].browse(self.unknown_moneys)
        self.env["telecom.bank.transaction"]._cron_try_again()
        self._write_down_found(waiting)
        stopped = [row["id"] for row in self._rows("stopped_accounts")]
        events = self.env["telecom.dunning.event"].search([], order="id desc", limit=1)
        self.env["telecom.dunning.run"]._cron_run()
        params = {"last_event_id": events.id or 0, "stopped_ids": stopped}
        self._demand("steps_against_a_stop", **params)
        self.check_morning()

    def _close_runs(self):
        for run in self.env["telecom.debit.run"].search([("state", "=", "sent")]):
            run._close_booking()

    def _write_down_found(self, waiting):
        """Money that waited has been placed by looking again."""
        for part in waiting.filtered(lambda one: one.state == "matched"):
            self.book.credit(self.unknown_moneys.pop(part.id), exact(part.amount))

    def _hand_over_notices(self, chance):
        """Let the mail server take most of what is told about cases."""
        Attempt = self.env["telecom.notice.attempt"]
        notices = self.env["telecom.dunning.case"].search([]).notice_id
        for notice in notices - notices.filtered("attempt_ids"):
            if chance.random() < 0.9:
                sent = {"channel": "mail", "state": "sent", "notice_id": notice.id}
                Attempt.create({**sent, "answered_at": f"{self.today} 12:00:00"})

    def _told_of_return(self, service):
        """Return the notices that told somebody that a service is back."""
        kind = self.env.ref("somconnexio_payments.notice_kind_service_restored")
        return self.env["telecom.notice"].search_count(
            [
                ("kind_id", "=", kind.id),
                ("partner_id", "=", service.telecom_billing_account_id.partner_id.id),
            ]
        )

    def check_told(self, before):
        """Raise when a service came back and nobody was told.

        :param dict before: service -> (whether it was withheld, notices of its return)
        """
        for service, (was_withheld, told) in before.items():
            if was_withheld and not _is_withheld(service):
                if self._told_of_return(service) <= told:
                    raise Fault("nobody_was_told", f"{service.code} is back")

    def _services_now(self):
        """Return what ``check_told`` compares with."""
        return {
            service: (_is_withheld(service), self._told_of_return(service))
            for service in self.services.values()
        }


def _is_withheld(service):
    return service.telecom_state == "suspended" or bool(service.restriction_kind)
