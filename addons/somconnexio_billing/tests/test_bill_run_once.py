# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from .bill_run_common import OCTOBER, BillRunCommon

COPY_ROW = "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = %s"
STAGES = ("load", "rate", "check", "preview", "invoice", "post", "deliver")


@tagged("post_install", "-at_install")
class TestBillRunOnce(BillRunCommon):
    """Nobody is billed twice, and the database itself sees to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _copy_row(self, record, **changes):
        """Copy a record's row past all of Odoo, with other values in some columns."""
        self.env.flush_all()
        columns = [
            name
            for name, field in record._fields.items()
            if field.store and field.column_type and name != "id"
        ]
        values = [
            SQL("%s", changes[name]) if name in changes else SQL.identifier(name)
            for name in columns
        ]
        table = SQL.identifier(record._table)
        names = SQL(", ").join(map(SQL.identifier, columns))
        self.env.cr.execute(
            SQL(COPY_ROW, table, names, SQL(", ").join(values), table, record.id)
        )

    def _assert_refused(self, error, constraint, record, **changes):
        """Check that the database refuses a copy of a row, by the constraint's name."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(error, constraint),
            self.cr.savepoint(flush=False),
        ):
            self._copy_row(record, **changes)

    def _add_charge(self, product):
        """Add a charge of 5 October to the subscription."""
        return self.env["contract.line"].create(
            {
                "contract_id": self.subscription.id,
                "product_id": product.id,
                "date_start": "2026-10-05",
            }
        )

    def test_database_refuses_a_second_run_of_the_month(self):
        run = self._create_run()
        self._assert_refused(UniqueViolation, "one_live_cycle", run, name="Copy")

    def test_database_refuses_a_second_turn_of_an_account_in_a_run(self):
        run = self._go(self._create_run(), "preview")
        self._assert_refused(
            UniqueViolation,
            "run_account_unique",
            run.account_ids,
            state="cancelled",
        )

    def test_database_refuses_an_account_in_two_runs_of_the_month(self):
        run = self._go(self._create_run(), "preview")
        other = self._create_run(kind="off_cycle")
        self._assert_refused(
            UniqueViolation, "one_live_bill", run.account_ids, run_id=other.id
        )

    def test_database_lets_an_account_start_anew_after_a_cancelled_run(self):
        run = self._go(self._create_run(), "preview")
        run.action_cancel()
        self._copy_row(run.account_ids, run_id=self._create_run().id, state="pending")

    def test_database_refuses_a_second_bill_of_an_account_in_a_run(self):
        run = self._go(self._create_run(), "invoice")
        self._assert_refused(
            UniqueViolation, "telecom_one_bill_per_run", run.move_ids, name="Copy"
        )

    def test_credit_note_beside_the_bill_is_no_second_bill(self):
        run = self._go(self._create_run(), "post")
        bill = run.move_ids
        credit = bill._reverse_moves([{"ref": "Correction"}])
        credit.write(
            {
                "telecom_bill_run_id": run.id,
                "telecom_billing_account_id": bill.telecom_billing_account_id.id,
            }
        )
        self.env.flush_all()
        self.assertEqual(len(run.move_ids), 2)

    def test_database_refuses_a_second_fee_for_a_day(self):
        run = self._go(self._create_run(), "preview")
        for first, last in (("2026-10-01", "2026-11-01"), ("2026-10-31", "2026-11-05")):
            self._assert_refused(
                ExclusionViolation,
                "fee_days_once",
                run.line_ids,
                period_from=first,
                period_to=last,
            )
        self._copy_row(run.line_ids, period_from="2026-11-01", period_to="2026-12-01")

    def test_database_refuses_a_second_one_off_charge_or_discount(self):
        for product in (self.one_shot, self.discount):
            self._add_charge(product)
        run = self._go(self._create_run(), "preview")
        charges = run.line_ids.filtered(lambda line: line.kind != "fee")
        self.assertEqual(len(charges), 2)
        for charge in charges:
            self._assert_refused(
                UniqueViolation, "one_shot_once", charge, period_from="2026-09-01"
            )

    def test_database_refuses_a_second_slice_of_a_number(self):
        run = self._go(self._create_run(), "invoice")
        self._assert_refused(UniqueViolation, "run_number_unique", run.slice_ids)

    def test_second_run_of_the_month_is_refused_with_the_way_out(self):
        self._create_run()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation) as caught,
            self.cr.savepoint(),
        ):
            self._create_run()
        message = self.env["telecom.bill.run"]._sql_error_to_message(caught.exception)
        self.assertIn("already has a bill run for this period", message)
        self.assertIn("Open that one, or cancel it first", message)

    def test_off_cycle_run_beside_the_monthly_one_is_allowed(self):
        self._go(self._create_run(), "post")
        extra = self._go(self._create_run(kind="off_cycle"), "post")
        self.assertFalse(extra.line_ids)
        self.assertFalse(extra.move_ids)

    def test_stage_repeated_leaves_everything_as_it_was(self):
        self._add_charge(self.one_shot)
        self._add_usage(self.subscription, "0.12", "0.34")
        run = self._create_run()
        for code in STAGES:
            with self.subTest(code):
                self._press(run, code)
                before = self._snapshot(run)
                self._press(run, code)
                self.assertEqual(self._snapshot(run), before)

    def test_earlier_stage_pressed_after_the_bills_changes_nothing(self):
        run = self._go(self._create_run(), "post")
        before = self._snapshot(run)
        self._add_usage(self.subscription, "5")
        for code in STAGES[:4]:
            with self.assertRaisesRegex(UserError, "nothing left to compute"):
                self._press(run, code)
        self.assertEqual(self._snapshot(run), before)

    def _press(self, run, code):
        """Press the button of a stage."""
        getattr(run, f"action_{code}")()

    def _snapshot(self, run):
        """Return all that a run has led to, without ids that a preview renews."""
        self.env.invalidate_all()
        lines = run.line_ids.sorted()
        moves = run.move_ids.sorted("id")
        return {
            "state": run.state,
            "totals": (run.account_count, run.amount_total, run.invoiced_total),
            "accounts": [
                (account.id, account.state, account.amount_total, account.move_id.id)
                for account in run.account_ids.sorted("id")
            ],
            "lines": [
                (li.name, str(li.period_from), li.amount_untaxed) for li in lines
            ],
            "moves": [(move.id, move.name, move.state) for move in moves],
            "items": moves.line_ids.sorted("id").mapped(lambda li: (li.id, li.balance)),
            "slices": run.slice_ids.mapped("account_count"),
            "drawn": sorted(self.drawn_ids),
        }


@tagged("post_install", "-at_install")
class TestBillRunLock(BaseCase):
    """Two people at one run; the test commits it and removes it again."""

    def setUp(self):
        super().setUp()
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            run = env["telecom.bill.run"].create(
                {"kind": "off_cycle", "period_start": OCTOBER}
            )
            self.run_id = run.id
        self.addCleanup(self._remove_run)

    def _remove_run(self):
        with self.database.cursor() as cr:
            cr.execute(SQL("DELETE FROM telecom_bill_run WHERE id = %s", self.run_id))

    def _run(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})["telecom.bill.run"].browse(
            self.run_id
        )

    def test_run_that_somebody_else_works_on_is_refused_at_once(self):
        with self.database.cursor() as first, self.database.cursor() as second:
            self._run(first)._lock()
            for button in ("action_load", "action_back", "action_cancel"):
                with self.assertRaisesRegex(UserError, "Somebody else"):
                    getattr(self._run(second), button)()
            first.rollback()
            self._run(second)._lock()
