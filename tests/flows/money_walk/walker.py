# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who walks: does the steps of a plan one after the other, and looks after each."""

from datetime import date
from decimal import Decimal

from bank_simulator.model import Part
from psycopg2 import Error as DatabaseError, IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError

from .bank_steps import BankSteps, WalkBank
from .book import Book, exact
from .checking import Checking, Fault
from .debit_steps import DebitSteps
from .pay_steps import PaySteps
from .people_steps import PeopleSteps
from .world import iban_of

FIRST_DAY = date(2026, 10, 5)
#: What the product may say to a step that makes no sense now; a broken constraint is
#: told in its own words.
REFUSALS = (UserError, ValidationError, AccessError, IntegrityError)
#: How often each step comes, relatively.
WEIGHTS = {
    "bill": 10,
    "night": 14,
    "take_files": 9,
    "propose": 2,
    "run": 14,
    "return": 5,
    "return_is_taken_back": 1,
    "transfer": 7,
    "allocate": 3,
    "app_pays": 6,
    "card": 4,
    "hand_payment": 3,
    "unreconcile": 2,
    "reconcile": 2,
    "refund": 5,
    "claim": 3,
    "claim_ends": 3,
    "plan": 4,
    "hold": 2,
    "credit_note": 3,
    "bill_to_draft": 2,
    "mandate": 3,
}


class Walker(Checking, BankSteps, DebitSteps, PaySteps, PeopleSteps):
    """Add to a test class of ``MoneyWorld``.

    :ivar clock: frozen time, which the nights move on
    :ivar list told: what each step did, in words
    """

    def walk(self, steps, seed, is_thorough=True):
        """Do all steps and check after each; then let everything come to its end.

        :param list steps: of walk.Step
        :param int seed: of the bank and of how the company books
        :raise Fault: for the first rule that does not hold
        """
        self._set_out(seed)
        for number, account in enumerate(self.accounts):
            self._send_bill(account, Decimal(2000 + 111 * number).scaleb(-2), number)
        for step in steps:
            self._do(step)
        if is_thorough:
            self._come_to_the_end()

    def _set_out(self, seed):
        self.told = []
        self.book = Book()
        self.bank = WalkBank(FIRST_DAY, seed)
        self.bank.settings.statement = "camt.053"
        self.bank.settings.version = ("08", "04", "02")[seed % 3]
        self.company.telecom_debit_booking = ("sent", "due")[seed // 3 % 2]
        self.iban = self.bank_journal.bank_account_id.sanitized_acc_number
        self.taken_count = 0
        self.taken_back = set()
        self.unknown_moneys = {}
        self._go_to(FIRST_DAY)

    def _go_to(self, day):
        self.today = day
        self.clock.move_to(f"{day} 08:00:00")

    def _do(self, step):
        """Do one step in a savepoint: what is refused has changed nothing."""
        before = self._services_now()
        self._attempt(
            step.name, lambda: getattr(self, f"step_{step.name}")(step.chance)
        )
        self.check()
        self.check_told(before)

    def _attempt(self, name, action):
        """Do something that may be refused, and write down what came of it."""
        kept = self._book_now()
        try:
            with self.env.cr.savepoint():
                told = action()
                self.env.flush_all()
        except REFUSALS as refusal:
            self._take_back_book(kept)
            self.env.invalidate_all()
            told = f"refused: {refusal}"
        except AssertionError as error:
            if isinstance(error, Fault):
                raise
            raise Fault(f"in {name}", str(error)) from error
        except (
            DatabaseError,
            TypeError,
            ValueError,
            KeyError,
            AttributeError,
        ) as error:
            raise Fault(f"{type(error).__name__} in {name}", str(error)) from error
        self.told.append(f"{self.today} {name}: {told}")

    def _book_now(self):
        return dict(self.book.owed)

    def _take_back_book(self, kept):
        self.book.owed.clear()
        self.book.owed.update(kept)

    def _come_to_the_end(self):
        """Let all statements come in and all be paid: then nothing is under way."""
        self._end_what_waits()
        for _night in range(3):
            self._pass_days(8)
            self._attempt("last files", lambda: self.step_take_files(_Never()))
            self.check()
        for part in self.env["telecom.bank.transaction"].browse(self.unknown_moneys):
            self._attempt("last money", lambda part=part: self._allocate(part))
        self._pay_everything()
        self._pass_days(1)
        self.check()
        accounts = self.account_outstanding | self.journal.suspense_account_id
        self._demand("money_under_way", account_ids=accounts.ids)
        self._check_all_is_well()

    def _end_what_waits(self):
        """Close claims, and give up runs that the bank has not got."""
        claims = self.env["telecom.payment.dispute"].search([("state", "=", "open")])
        claims.action_close_withdrawn()
        states = ("draft", "proposed", "confirmed", "filed")
        self.env["telecom.debit.run"].search([("state", "in", states)]).action_cancel()
        self.env["account.payment.order"].search(
            [("state", "in", ("draft", "open", "generated"))]
        ).filtered(lambda order: order._telecom_refunds()).action_cancel()

    def _pay_everything(self):
        """Everybody pays what is open, at the bank."""
        for account in self.accounts:
            for bill in self._open_bills(account):
                transfer = ("transfer", self._payer(account), bill.name)
                self._plan(_part(bill), transfer)
        self._pass_days(2)
        self._attempt("last files", lambda: self.step_take_files(_Never()))

    def _check_all_is_well(self):
        """Raise when somebody owes something, or a service stands."""
        for account in self.accounts:
            if self._open_bills(account):
                raise Fault("not_all_is_paid", account.code)
        for service in self.services.values():
            if service.telecom_state == "suspended" or service.restriction_kind:
                raise Fault("service_stands", service.code)

    # What the steps share.

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def _some_account(self, chance):
        return chance.choice(self.accounts)

    def _payer(self, record):
        return record.partner_id.id

    def _open_bills(self, account):
        return self.env["account.move"].search(
            [
                ("telecom_billing_account_id", "=", account.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            order="id",
        )

    def _some_open_bill(self, account, chance):
        bills = self._open_bills(account)
        return chance.choice(bills) if bills else bills

    def _next_bank_account(self, partner):
        self.iban_number += 1
        return self._create_bank_account(partner, iban_of(self.iban_number))


class _Never:
    """Dice by which nothing happens twice."""

    def random(self):
        return 1.0


def _part(bill):
    return Part(exact(bill.amount_residual), text=bill.name)
