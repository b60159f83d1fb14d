# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

from bank_simulator import camt_writer
from bank_simulator.model import Day, Movement, Part
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.somconnexio_base.tests.common import QUIET

from .bank_common import TRANSFER
from .receipt_common import CommittedWorld

IBAN = "ES2401820000000000000042"


@tagged("post_install", "-at_install")
class TestBankConcurrency(BaseCase):
    """Two accountants bring in and book the same bank file at the same moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.addClassCleanup(cls._remove_bank_account)
        cls.world = CommittedWorld(cls.registry)
        cls.addClassCleanup(cls.world.remove)
        cls.addClassCleanup(cls._remove_files)
        with cls.registry.cursor() as cr:
            env = cls._env(cr)
            journal = env["account.journal"].browse(cls.world.journal_id)
            journal.bank_acc_number = IBAN
            journal.suspense_account_id = env["account.account"].create(
                {"name": "Suspense", "code": "572R99", "account_type": "asset_current"}
            )
            currency = journal.company_id.currency_id.name
            account = env["telecom.billing.account"].browse(cls.world.account_id)
            lines = account._lines_to_pay(env["account.move"])
            cls.bill_ids = lines.move_id.sorted("invoice_date").ids
        cls.content = cls._statement("RACE1", 5, "nobody knows", currency)
        cls.paying = cls._statement("RACE2", 10, cls.world.account_code, currency)

    @staticmethod
    def _statement(reference, amount, text, currency):
        """Return the bytes of a statement of one movement."""
        amount, day = Decimal(amount), date(2026, 10, 20)
        part = Part(amount, text=text)
        movement = Movement(day, amount, TRANSFER, reference, [part])
        movement.currency = currency
        opened = Day(IBAN, 1, day, Decimal(0), [movement], currency)
        return camt_writer.write(reference, [opened])

    @classmethod
    def _env(cls, cr):
        return api.Environment(cr, SUPERUSER_ID, dict(QUIET))

    @classmethod
    def _remove_files(cls):
        """Leave nothing behind: these rows are committed."""
        with cls.registry.cursor() as cr:
            env = cls._env(cr)
            files = env["telecom.bank.file"].search([("name", "=", "race.xml")])
            statements = files.statement_ids
            lines = statements.line_ids
            statements.unlink()
            lines.unlink()
            suspense = env["account.account"].search([("code", "=", "572R99")])
            cr.execute("DELETE FROM telecom_bank_file WHERE id = ANY(%s)", (files.ids,))
            journal = env["account.journal"].browse(cls.world.journal_id)
            journal.write({"suspense_account_id": False, "bank_account_id": False})
            suspense.unlink()

    @classmethod
    def _remove_bank_account(cls):
        """Delete the bank's account: what Odoo deletes is archived only."""
        with cls.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM res_partner_bank WHERE sanitized_acc_number = %s", (IBAN,)
            )

    def _at_once(self, work):
        """Return what two threads made of the same work, None for who was refused."""
        barrier = Barrier(2)

        def run(_number):
            with self.registry.cursor() as cr:
                env = self._env(cr)
                env["telecom.bank.file"].search([], limit=1).state  # noqa: B018
                barrier.wait(timeout=30)
                try:
                    return work(env)
                except (UniqueViolation, SerializationFailure, LockError):
                    cr.rollback()
                    return None

        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(2) as pool:
            return list(pool.map(run, range(2)))

    def _until_done(self, work):
        """Do work in a transaction; one that another has crossed is done again.

        As Odoo does with a request, and the queue with a job.
        """
        for _attempt in range(8):
            with self.registry.cursor() as cr:
                try:
                    return work(self._env(cr))
                except (SerializationFailure, LockError):
                    cr.rollback()
                    time.sleep(0.05)
        raise AssertionError("Two transactions get in each other's way for ever.")

    def test_bill_paid_by_bank_app_while_a_statement_pays_it_is_paid_once(self):
        """Both want the oldest bill; who comes second pays the next."""
        with self.registry.cursor() as cr:
            file = self._env(cr)["telecom.bank.file"].receive(self.paying, "race.xml")
            self.assertEqual(file.state, "checked", file.error_message)
            file_id = file.id
        barrier = Barrier(2)

        def book(env):
            env["telecom.bank.file"].browse(file_id).book()

        def pay(env):
            account = env["telecom.billing.account"].browse(self.world.account_id)
            account._receive_payment(
                Decimal(10),
                "2026-10-20",
                env["account.journal"].browse(self.world.journal_id),
                "APP-RACE",
                bills=env["account.move"].browse(self.bill_ids[0]),
                key="app:race",
            )

        def run(work):
            barrier.wait(timeout=30)
            self._until_done(work)

        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(2) as pool:
            list(pool.map(run, (book, pay)))
        with self.registry.cursor() as cr:
            env = self._env(cr)
            bills = env["account.move"].browse(self.bill_ids)
            self.assertEqual(bills.mapped("amount_residual"), [0, 0])
            partials = bills.line_ids.matched_credit_ids
            self.assertEqual(partials.mapped("amount"), [10, 10])
            part = env["telecom.bank.transaction"].search(
                [("booking_file_id", "=", file_id)]
            )
            self.assertEqual(part.state, "matched")
            self.assertTrue(part.counterpart_line_id.reconciled)

    def _receive(self, env):
        return env["telecom.bank.file"].receive(self.content, "race.xml").id

    def test_one_content_received_and_booked_by_two_at_once_is_one_statement(self):
        received = self._at_once(self._receive)
        self.assertEqual(received.count(None), 1)
        file_id = next(filter(None, received))

        def book(env):
            env["telecom.bank.file"].browse(file_id).book()
            return True

        self.assertEqual(self._at_once(book).count(True), 1)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*), sum(line.amount)"
                " FROM telecom_bank_entry entry"
                " JOIN account_bank_statement_line line"
                " ON line.id = entry.statement_line_id"
                " WHERE entry.file_id = %s",
                (file_id,),
            )
            self.assertEqual(cr.fetchone(), (1, 5))
            env = self._env(cr)
            file = env["telecom.bank.file"].browse(file_id)
            self.assertEqual(file.state, "booked")
            self.assertEqual(len(file.statement_ids.line_ids), 1)
