# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import suppress
from copy import deepcopy

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.migration.writers.billing_account import BillingAccountWriter
from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MODELS, MigrationCommon


class _Killed(Exception):
    """The process ends here."""


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationChanges(MigrationCommon):
    """A later delivery changes rows; a run is stopped in the middle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delivery = make_delivery(16, has_defects=False)
        cls.first = cls._take_over(cls.delivery)

    def _changed(self, kind, place, **cells):
        """Return the delivery with other cells in one row."""
        delivery = deepcopy(self.delivery)
        delivery.rows[kind][place].update(cells)
        return delivery

    def test_value_that_may_change_is_updated_and_local_changes_stay(self):
        partner = self._found("partner", "1")
        partner.phone = "+34600000001"
        delivery = self._changed("partner", 0, CALLE="Carrer Nou, 7", CORREO="")
        again = self._take_over(delivery)
        self.assertEqual(partner.street, "Carrer Nou, 7")
        self.assertFalse(partner.email)
        self.assertEqual(partner.phone, "+34600000001")
        self.assertEqual(sum(self._steps(again, "updated").values()), 1)
        self.assertFalse(again.issue_ids)
        self.assertTrue(again.is_reconciled)

    def test_end_of_a_line_and_payment_of_a_bill_may_come_later(self):
        line = self.delivery.rows["line"][-1]
        delivery = self._changed("line", -1, HASTA="30/09/2026")
        place = next(
            place
            for place, row in enumerate(delivery.rows["bill"])
            if row["PENDIENTE"] != "0,00"
        )
        delivery.rows["bill"][place]["PENDIENTE"] = "0,00"
        self._take_over(delivery)
        external_id = f"{line['CONTRATO']}/{line['PRODUCTO']}/{line['DESDE']}"
        self.assertEqual(str(self._found("line", external_id).date_end), "2026-09-30")
        bill = self._found("bill", delivery.rows["bill"][place]["NÚMERO"])
        self.assertEqual(bill.payment_state, "paid")

    def test_what_may_not_change_is_reported_each_time_and_stays(self):
        number = self.delivery.rows["bill"][0]["NÚMERO"]
        bill = self._found("bill", number)
        before = bill.amount_total
        delivery = self._changed(
            "bill", 0, BASE="1,00", IVA="0,21", TOTAL="1,21", PENDIENTE="1,21"
        )
        for _time in range(2):
            again = self._take_over(delivery, sheet_kinds=())
            columns = set(self._issues(again, severity="kept").mapped("column_name"))
            self.assertEqual(columns, {"BASE", "IVA", "TOTAL"})
            self.assertFalse(again.is_reconciled)
        self.assertEqual(bill.amount_total, before)
        self.assertEqual(bill.amount_residual, 1.21)

    def test_state_of_a_subscription_is_left_to_its_verbs(self):
        place, row = next(
            (place, row)
            for place, row in enumerate(self.delivery.rows["subscription"])
            if row["ESTADO"] == "Activo"
        )
        delivery = self._changed(
            "subscription", place, ESTADO="Baja", BAJA="30/09/2026"
        )
        again = self._take_over(delivery)
        subscription = self._found("subscription", row["ID"])
        self.assertEqual(subscription.telecom_state, "active")
        kept = self._issues(again, severity="kept")
        self.assertEqual(set(kept.mapped("column_name")), {"ESTADO", "BAJA"})
        self.assertIn("operation", kept[0].remedy)

    def test_record_deleted_here_comes_back(self):
        number = self.delivery.rows["bill"][2]["NÚMERO"]
        self._found("bill", number).unlink()
        self.assertFalse(self._found("bill", number))
        again = self._take_over(self.delivery)
        self.assertTrue(self._found("bill", number))
        self.assertEqual(self._steps(again, "created")["bill"], 1)

    def test_merged_customers_keep_both_ids(self):
        kept, gone = self._found("partner", "2"), self._found("partner", "3")
        self.env["telecom.external.id"]._repoint(gone, kept)
        self.assertEqual(self._found("partner", "3"), kept)
        later = make_delivery(1, has_defects=False, first=500)
        later.rows["billing_account"][0]["TERCERO"] = "3"
        for kind in ("subscription", "bill"):
            for row in later.rows[kind]:
                row["TERCERO"] = "3"
        run = self._take_over(later)
        self.assertEqual(self._found("billing_account", "C501").partner_id, kept)
        self.assertTrue(run.is_reconciled)

    def test_killed_run_goes_on_where_it_was(self):
        later = make_delivery(16, seed=2, has_defects=False, first=100)
        run = self._receive(later)
        original = BillingAccountWriter.create
        calls = []

        def create(writer, rows):
            calls.append(rows)
            if len(calls) == 1:
                raise _Killed
            return original(writer, rows)

        self.patch(BillingAccountWriter, "create", create)
        parts = run._work()
        # Odoo's assertRaises would undo the parts before as well.
        with suppress(_Killed):
            while True:
                # Like a transaction: undone when it fails, kept when it does not.
                with self.env.cr.savepoint():
                    next(parts)
        self.assertEqual(len(calls), 1)
        self.assertTrue(self._found("partner", "101"))
        self.assertFalse(self._found("billing_account", "C101"))
        run.work_now()
        self.assertEqual(run.state, "done")
        self.assertTrue(run.is_reconciled)
        self.assertEqual(set(self._steps(run, "open").values()), {0})
        for kind in MODELS:
            with self.subTest(kind):
                self.assertEqual(
                    self._steps(run, "created")[kind], len(later.rows[kind])
                )

    def test_parts_done_before_a_stop_are_not_done_again(self):
        later = make_delivery(12, seed=3, has_defects=False, first=200)
        run = self._receive(later)
        parts = run._work()
        while not self._steps(run, "created").get("billing_account"):
            next(parts)
        parts.close()
        created = self._found("billing_account", "C201")
        run.invalidate_recordset()
        run.action_stop()
        run.action_start()
        run.work_now()
        self.assertEqual(self._found("billing_account", "C201"), created)
        self.assertTrue(run.is_reconciled)
        self.assertEqual(self._steps(run, "created")["billing_account"], 12)

    def test_cron_tries_out_and_takes_over(self):
        later = make_delivery(12, seed=4, has_defects=False, first=300)
        run = self._receive(later)
        run.action_try()
        self.assertEqual(run.state, "trial_queued")
        self._run_cron("cron_telecom_migration")
        self.assertEqual(run.state, "tried")
        self.assertFalse(self._found("partner", "301"))
        run.action_start()
        self._run_cron("cron_telecom_migration")
        self.assertEqual(run.state, "done")
        self.assertTrue(self._found("partner", "301"))

    def test_file_that_cannot_be_read_fails_the_run_and_says_why(self):
        run = self.env["telecom.migration.run"].create({"profile_id": self.profile.id})
        File = self.env["telecom.migration.file"]
        file = File.receive(run, b"ID;OTHER\n1;x\n", "terceros.csv")
        with (
            self.assertRaisesRegex(UserError, "terceros.csv: There is no column"),
            self.env.cr.savepoint(),
        ):
            run.work_now()
        file.unlink()
        with self.assertRaisesRegex(UserError, "Add the files"):
            run.action_start()
        File.receive(run, b"ID\n1\n", "unknown.csv")
        with self.assertRaisesRegex(UserError, "Say what unknown.csv holds"):
            run.action_try()

    def test_same_content_comes_into_a_migration_once(self):
        run = self.env["telecom.migration.run"].create({"profile_id": self.profile.id})
        File = self.env["telecom.migration.file"]
        File.receive(run, b"ID\n1\n", "a.csv")
        with self.assertRaisesRegex(UserError, "has the content of a.csv"):
            File.receive(run, b"ID\n1\n", "b.csv")
