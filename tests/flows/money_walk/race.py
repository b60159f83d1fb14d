# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The same money at the same moment: a bank's app, a debit run and statements at once.

For a database that is thrown away afterwards: all of it is committed.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bank_simulator.model import Part
from psycopg2.errors import LockNotAvailable, SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.tests import TransactionCase

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.somconnexio_payments.gateway_protocols.messages import Call

from .book import cents
from .checking import Fault
from .walker import Walker
from .world import MoneyWorld

#: What who comes second may get: he begins once more.
AT_ONCE = (
    SerializationFailure,
    LockNotAvailable,
    UniqueViolation,
    LockError,
    RetryableJobError,
)
TRIES = 20


class RaceWorld(Walker, MoneyWorld):
    """The world of the walks in a database of its own."""

    @classmethod
    def prepare(cls, env, clock):
        """Return the world, made in the database of an environment.

        :param clock: frozen time
        """
        cls.env = env(context={**env.context, "queue_job__no_delay": True})
        own = TransactionCase.__dict__["setUpClass"]
        # The rows are to stay: nothing of unittest's transaction is wanted.
        TransactionCase.setUpClass = classmethod(lambda _cls: None)
        try:
            cls.setUpClass()
        finally:
            TransactionCase.setUpClass = own
        world = cls()
        world.clock, world.iban_number = clock, 100
        return world

    def runTest(self):  # noqa: N802 - the name is the standard library's
        """Nothing: this is no test by itself."""


class Race:
    """Two who do the same works, each in an order of his own.

    :param RaceWorld world: that is committed
    :param int seed: of amounts and orders
    """

    def __init__(self, world, seed):
        self.world = world
        self.dice = random.Random(seed)
        self.works = []
        self.payments = []
        self.faults = []

    def prepare(self):
        """Have bills, a debit run at the bank, transfers, returns and statements."""
        world = self.world
        world._set_out(0)
        world.company.telecom_debit_booking = "due"
        for account in world.accounts:
            for days in (0, 6):
                world._send_bill(account, cents(self.dice, 1000, 5000), days)
        self._debit_what_is_due()
        for account in world.accounts:
            bill = world._some_open_bill(account, self.dice)
            purpose = ("transfer", world._payer(account), bill.name)
            world._plan(Part(cents(self.dice, 500, 5000), text=bill.name), purpose)
        world._go_to(world.today.replace(day=20))
        world.bank.settings.return_share = 0.4
        world.bank.advance(world.today)
        self._collect_works()

    def _debit_what_is_due(self):
        world = self.world
        world.step_propose(random.Random(1))
        run = world.env["telecom.debit.run"].search([], limit=1)
        for step in ("action_confirm", "action_write_file", "action_sent"):
            getattr(run, step)()
        world._hand_in(run, random.Random(1))

    def _collect_works(self):
        world = self.world
        slices = world.env["telecom.debit.slice"].search([("state", "!=", "done")])
        self.works = [self._booking(slice_.id) for slice_ in slices]
        self.works += [self._statement(told) for told in world.bank.files]
        self.works += [self._payment(account) for account in world.accounts]
        self.works += [_dunning, _credits, _returns]

    def _booking(self, slice_id):
        def book_slice(env):
            env["telecom.debit.slice"].browse(slice_id)._job_book()

        return book_slice

    def _statement(self, told):
        def book_file(env):
            file = env["telecom.bank.file"].receive(told["content"], told["name"])
            file.book()

        return book_file

    def _payment(self, account):
        number = f"7{self.dice.randrange(10**8):08d}"
        amount, today = cents(self.dice, 300, 4000), self.world.today
        query = f"command=pay&txn_id={number}&account={account.code}&sum={amount}"
        query += f"&txn_date={today:%Y%m%d}110000"
        self.payments.append((account.partner_id.id, amount, number))

        def pay(env):
            gateway = env["telecom.payment.gateway"]._by_slug("walk-app")
            reply = gateway._answer(gateway._understand(Call("GET", query)))
            assert b"<result>0</result>" in reply.body, reply.body

        return pay

    def run(self):
        """Let two do all works at once.

        :return: how often one of them had to begin anew
        """
        barrier = Barrier(2)
        orders = [self.dice.sample(self.works, len(self.works)) for _one in range(2)]

        def work_off(order):
            barrier.wait(timeout=60)
            return sum(self._do(work) for work in order)

        with ThreadPoolExecutor(2) as pool:
            repeats = sum(pool.map(work_off, orders))
        if self.faults:
            raise Fault("not_only_repetitions", "\n".join(self.faults))
        return repeats

    def _do(self, work):
        """Do one work in a transaction of its own; return how often it was repeated."""
        for attempt in range(TRIES):
            with self.world.env.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(self.world.env.context))
                try:
                    work(env)
                    env.flush_all()
                    cr.commit()
                    return attempt
                except AT_ONCE:
                    cr.rollback()
                except (UserError, AssertionError) as error:
                    cr.rollback()
                    self.faults.append(f"{work.__name__}: {error}")
                    return attempt
            time.sleep(self.dice.uniform(0, 0.05))
        self.faults.append(f"{work.__name__} came to no end")
        return TRIES

    def finish(self):
        """Write the book of what happened, let the rest come in, check all."""
        world = self.world
        world.env.invalidate_all()
        for payer, amount, number in self.payments:
            world.book.credit(payer, amount)
            world._plan(Part(amount, text=number), ("receipt", number), days=1)
        world.book.book_debits()
        world._close_runs()
        every_bill = set(world.env["account.move"].search([]).mapped("name"))
        fees = world.env["account.move"]
        for file in world.env["telecom.bank.file"].search([], order="id"):
            world._write_down_returns(file)
            world._write_down_money(file, every_bill)
        world._write_down_fees(fees)
        world.taken_count = len(world.bank.files)
        world.env["telecom.returned.debit"]._cron_try_again()
        world.book.settle_returns()
        world.check()
        world._come_to_the_end()


def _dunning(env):
    env["telecom.dunning.run"]._cron_run()


def _credits(env):
    env["telecom.billing.account"]._use_credits(env.company)


def _returns(env):
    env["telecom.returned.debit"]._cron_try_again()


def race(env, clock, seed):
    """Race once in the database of an environment, and check the books.

    :param clock: frozen time
    :return: how often one of the two had to begin anew
    :raise Fault: for what does not add up
    """
    world = RaceWorld.prepare(env, clock)
    one = Race(world, seed)
    one.prepare()
    env.cr.commit()  # pylint: disable=invalid-commit
    clock.move_to(f"{world.today} 08:00:00")
    repeats = one.run()
    one.finish()
    return repeats
