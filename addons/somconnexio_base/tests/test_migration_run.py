# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode
from io import BytesIO

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..takeover.sample import make_delivery
from .common import NOW
from .migration_common import MODELS, MigrationCommon

CUSTOMERS = 40


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMigrationRun(MigrationCommon):
    """A delivery of 40 customers with every defect: tried, taken over, repeated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delivery = make_delivery(CUSTOMERS)
        cls.sent = {kind: len(rows) for kind, rows in cls.delivery.rows.items()}
        cls.taken = {
            kind: count - cls.delivery.refused[kind] for kind, count in cls.sent.items()
        }
        before = cls._count_records()
        cls.trial = cls._receive(cls.delivery)
        cls.trial.try_now()
        cls.left_by_trial = {
            kind: count - before[kind] for kind, count in cls._count_records().items()
        }
        cls.run_done = cls._take_over(cls.delivery)
        cls.added = {
            kind: count - before[kind] for kind, count in cls._count_records().items()
        }

    @classmethod
    def _count_records(cls):
        return {
            kind: cls.env[name].with_context(active_test=False).search_count([])
            for kind, name in MODELS.items()
        }

    def test_trial_leaves_nothing_behind(self):
        self.assertEqual(set(self.left_by_trial.values()), {0})
        self.assertEqual(self.trial.state, "tried")
        self.assertFalse(self.trial.started_at)
        links = self.env["telecom.migration.ledger"].search([])
        self.assertNotIn(self.trial, links.run_id)

    def test_trial_reports_what_the_migration_then_does(self):
        for name in ("row", "created", "refused", "unchanged"):
            with self.subTest(name):
                self.assertEqual(
                    self._steps(self.trial, name), self._steps(self.run_done, name)
                )
        key = ("kind", "line_number", "column_name", "code", "severity")
        found = [
            {tuple(issue[name] for name in key) for issue in run.issue_ids}
            for run in (self.trial, self.run_done)
        ]
        self.assertEqual(*found)
        self.assertTrue(self.trial.is_reconciled)
        self.assertTrue(self.trial.errors_file)

    def test_every_sound_row_becomes_a_record_and_no_faulty_one(self):
        self.assertEqual(self._steps(self.run_done, "row"), self.sent)
        self.assertEqual(self._steps(self.run_done, "created"), self.taken)
        self.assertEqual(
            {k: v for k, v in self._steps(self.run_done, "refused").items() if v},
            dict(self.delivery.refused),
        )
        self.assertEqual(set(self._steps(self.run_done, "open").values()), {0})
        # A mandate is a part of its billing account.
        expected = {kind: self.taken[kind] for kind in MODELS}
        self.assertEqual(self.added, expected)

    def test_files_and_records_agree_in_numbers_sums_and_fingerprints(self):
        self.assertEqual(self.run_done.state, "done")
        differing = self._issues(self.run_done, severity="difference")
        self.assertFalse(differing.mapped(lambda i: (i.value, i.expected)))
        for total in self.run_done.total_ids:
            with self.subTest(total.kind):
                self.assertTrue(total.is_equal)
                self.assertEqual(total.source_count, self.sent[total.kind])
                self.assertEqual(total.database_count, self.taken[total.kind])
                self.assertFalse(total.difference_count)
        self.assertTrue(self.run_done.is_reconciled)
        bills = self.run_done.total_ids.filtered(lambda total: total.kind == "bill")
        rows = self.delivery.rows["bill"]
        sent = sum(float(row["TOTAL"].replace(",", ".")) for row in rows)
        self.assertAlmostEqual(bills.source_amount, sent, 2)
        self.assertAlmostEqual(
            bills.source_amount, bills.refused_amount + bills.database_amount, 2
        )

    def test_second_delivery_of_the_same_changes_nothing(self):
        before = self._count_records()
        again = self._receive(self.delivery)
        queries = []
        original = type(self.env["res.partner"]).write

        def write(records, vals):
            queries.append((records, vals))
            return original(records, vals)

        self.patch(type(self.env["res.partner"]), "write", write)
        again.work_now()
        self.assertEqual(self._count_records(), before)
        self.assertEqual(self._steps(again, "unchanged"), self.taken)
        self.assertFalse(sum(self._steps(again, "created").values()))
        self.assertFalse(sum(self._steps(again, "updated").values()))
        self.assertEqual(
            self._steps(again, "refused"), self._steps(self.run_done, "refused")
        )
        self.assertFalse(queries)
        self.assertTrue(again.is_reconciled)

    def test_difference_made_here_is_found_and_named(self):
        partner = self._found("partner", "5")
        partner.city = "Elsewhere"
        self._found("bill", "F2026/08/000003").note = "not compared"
        again = self._take_over(self.delivery)
        self.assertFalse(again.is_reconciled)
        [issue] = self._issues(again, severity="difference")
        self.assertEqual((issue.external_id, issue.code), ("5", "differs"))
        self.assertIn("Elsewhere", issue.expected)
        total = again.total_ids.filtered(lambda t: not t.is_equal)
        self.assertEqual((total.kind, total.difference_count), ("partner", 1))

    def test_report_says_what_was_compared(self):
        book = openpyxl.load_workbook(BytesIO(b64decode(self.run_done.report_file)))
        names = book.sheetnames
        self.assertEqual(names, ["Files", "Reconciliation", "Steps", "Faults"])
        rows = list(book["Reconciliation"].values)
        self.assertEqual(len(rows), 1 + len(self.sent))
        self.assertEqual({row[-1] for row in rows[1:]}, {"yes"})
        hashes = {row[6] for row in list(book["Files"].values)[1:]}
        self.assertEqual(hashes, set(self.run_done.file_ids.mapped("content_sha256")))

    def test_report_tells_when_the_source_counts_otherwise(self):
        file = self.run_done.file_ids[0]
        file.expected_count = file.row_count + 1
        self.run_done.invalidate_recordset(["is_reconciled"])
        self.assertFalse(self.run_done.is_reconciled)

    def test_faults_are_written_with_place_reason_and_remedy(self):
        lines = self._csv(self.run_done)
        self.assertEqual(
            lines[0], "file,line,external_id,column,value,outcome,reason,remedy"
        )
        self.assertEqual(len(lines), 1 + len(self.run_done.issue_ids))
        [line] = [line for line in lines if "12345678A" in line]
        self.assertTrue(line.startswith("terceros.csv,"))
        self.assertIn(",NIF,12345678A,", line)
        self.assertIn("check digit", line)

    def test_migration_that_is_done_is_not_done_again(self):
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.run_done.action_start()
        with self.assertRaisesRegex(UserError, "kept as their proof"):
            self.run_done.unlink()
        with self.assertRaisesRegex(UserError, "being taken over"):
            self.env["telecom.migration.file"].receive(self.run_done, b"a", "a.csv")

    def test_state_and_results_are_not_written_by_hand(self):
        for vals in ({"state": "draft"}, {"report_file": b"x"}, {"ended_at": NOW}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "not written"):
                self.run_done.write(vals)
