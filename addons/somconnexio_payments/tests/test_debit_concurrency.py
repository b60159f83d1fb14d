# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.somconnexio_base.tests.common import QUIET

from .debit_common import NOW, SIGNED_DATE
from .payments_common import CREDITOR_ID, IBANS
from .receipt_common import CommittedWorld

SETTINGS = (
    "sepa_creditor_identifier",
    "telecom_debit_journal_id",
    "currency_id",
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDebitConcurrency(BaseCase):
    """Two accountants propose the same bills, or press the same button, at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.world = CommittedWorld(cls.registry)
        cls.addClassCleanup(cls.world.remove)
        with cls.registry.cursor() as cr:
            cls._create_data(api.Environment(cr, SUPERUSER_ID, dict(QUIET)))
        cls.addClassCleanup(cls._remove_data)

    @classmethod
    def _create_data(cls, env):
        company = env.company
        cls.before = company.read(SETTINGS, load="")[0]
        euro = env.ref("base.EUR")
        euro.active = True
        journal = env["account.journal"].browse(cls.world.journal_id)
        journal.bank_acc_number = IBANS[4]
        company.write(
            {
                "sepa_creditor_identifier": CREDITOR_ID,
                "telecom_debit_journal_id": journal.id,
            }
        )
        account = env["telecom.billing.account"].browse(cls.world.account_id)
        bank = env["res.partner.bank"].create(
            {"partner_id": account.partner_id.id, "acc_number": IBANS[0]}
        )
        account.partner_bank_id = bank
        mandate = env["account.banking.mandate"].create(
            {
                "partner_id": account.partner_id.id,
                "partner_bank_id": bank.id,
                "telecom_billing_account_id": account.id,
                "signature_date": SIGNED_DATE,
            }
        )
        mandate.validate()
        cls._make_bills_euro(env, euro)
        runs = env["telecom.debit.run"].create([{"cutoff_date": "2026-12-31"}] * 2)
        cls.run_ids, cls.mandate_id = runs.ids, mandate.id
        cls.bank_ids = (bank | journal.bank_account_id).ids

    @classmethod
    def _make_bills_euro(cls, env, euro):
        """Let the bills be in euros, whatever the company counts in."""
        for table in ("account_move", "account_move_line"):
            env.cr.execute(
                SQL(
                    "UPDATE %s SET currency_id = %s WHERE journal_id = %s",
                    SQL.identifier(table),
                    euro.id,
                    cls.world.sale_journal,
                )
            )

    @classmethod
    def _remove_data(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            before = {name: cls.before[name] for name in SETTINGS[:2]}
            env.company.write(before)
            env.flush_all()
            for table, column, ids in (
                ("account_payment_line", "debit_run_id", cls.run_ids),
                ("telecom_debit_left_out", "run_id", cls.run_ids),
                ("account_payment_order", "debit_run_id", cls.run_ids),
                ("telecom_debit_run", "id", cls.run_ids),
                ("telecom_notice", "partner_id", [cls.world.partner_id]),
                ("account_banking_mandate", "id", [cls.mandate_id]),
            ):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s = ANY(%s)",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        ids,
                    )
                )
            cr.execute(
                "UPDATE account_journal SET bank_account_id = NULL"
                " WHERE bank_account_id = ANY(%s)",
                [cls.bank_ids],
            )
            cr.execute(
                "UPDATE telecom_billing_account SET partner_bank_id = NULL"
                " WHERE partner_bank_id = ANY(%s)",
                [cls.bank_ids],
            )
            cr.execute(
                "DELETE FROM res_partner_bank WHERE id = ANY(%s)", [cls.bank_ids]
            )

    def _propose(self, run_id, barrier):
        """Propose a run; return how many debits it got, None when it was too late."""
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
                run = env["telecom.debit.run"].browse(run_id)
                barrier.wait(timeout=30)
                run.action_propose()
                env.flush_all()
                return run.line_count
        except (SerializationFailure, UniqueViolation, UserError):
            return None

    def _propose_at_once(self, run_ids):
        barrier = Barrier(2)
        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(2) as pool:
            return list(pool.map(self._propose, run_ids, [barrier, barrier]))

    def test_bills_proposed_twice_at_once_are_in_one_run(self):
        results = self._propose_at_once(self.run_ids)
        self.assertIn(2, results)
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*), count(DISTINCT debit_move_id)"
                " FROM account_payment_line WHERE is_debit_open"
                " AND debit_run_id = ANY(%s)",
                [self.run_ids],
            )
            self.assertEqual(cr.fetchone(), (2, 2))

    def test_button_pressed_twice_at_once_is_done_once(self):
        results = self._propose_at_once([self.run_ids[0]] * 2)
        self.assertTrue(any(result is not None for result in results))
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM account_payment_line WHERE is_debit_open"
                " AND debit_run_id = ANY(%s)",
                [self.run_ids],
            )
            self.assertEqual(cr.fetchone(), (2,))

    def test_one_bill_paid_in_two_ways_at_once_is_paid_once(self):
        """Two transactions match a bill: the later one fails and can be redone."""
        first, second = self._create_payments()
        with self.registry.cursor() as early, self.registry.cursor() as late:
            for cr in (early, late):
                # The snapshot of a transaction is that of its first statement.
                cr.execute("SELECT 1")
            self._match(early, first)
            early.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self._match(late, second)
            late.rollback()
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT credit_move_id FROM account_partial_reconcile"
                " WHERE debit_move_id = %s",
                [self._bill_item],
            )
            self.assertEqual(cr.fetchall(), [(first,)])

    def _create_payments(self):
        """Return two items that could pay the same bill, committed."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            item = env["account.move.line"].search(
                [
                    ("journal_id", "=", self.world.sale_journal),
                    ("account_id", "=", self.world.receivable_id),
                ],
                limit=1,
            )
            self._bill_item = item.id
            bank = env["account.journal"].browse(self.world.journal_id)
            entries = env["account.move"].create(
                [self._payment_vals(item, bank) for _one in range(2)]
            )
            entries.action_post()
            return entries.line_ids.filtered("credit").ids

    def _payment_vals(self, item, bank):
        vals = {
            "partner_id": item.partner_id.id,
            "name": "at once",
            "currency_id": item.currency_id.id,
            "amount_currency": -item.amount_currency,
            "balance": -item.balance,
        }
        other = {
            **vals,
            "account_id": bank.default_account_id.id,
            "amount_currency": item.amount_currency,
            "balance": item.balance,
        }
        return {
            "journal_id": bank.id,
            "line_ids": [
                Command.create({**vals, "account_id": item.account_id.id}),
                Command.create(other),
            ],
        }

    def _match(self, cr, credit_id):
        """Match the bill's item with one of the items that could pay it."""
        env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
        env["account.move.line"]._match_pairs([(self._bill_item, credit_id)])
        env.flush_all()
