# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Each SQL step by itself: given rows, expected rows."""

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from .. import sql_steps
from ..models.mediation import usage_load
from .mediation_common import NUMBER, UsageCommon, wholesale_line

STARTED_AT = "2026-10-03 08:00:00"
KEYS = {
    name: f"00000000-0000-0000-0000-{number:012}" for number, name in enumerate("abcd")
}


@tagged("post_install", "-at_install")
class TestMediationSteps(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls._receive(wholesale_line())
        cls.company = cls.file.company_id
        cls.env.flush_all()
        cls._prepare()

    @classmethod
    def _prepare(cls):
        for step in usage_load.PREPARATION:
            sql_steps.run(cls.env, step, company_id=cls.company.id)

    def _run(self, name, **params):
        known = {
            "company_id": self.company.id,
            "file_id": self.file.id,
            "user_id": self.env.uid,
        }
        count = sql_steps.run(self.env, name, **{**known, **params})
        self.env.invalidate_all()
        return count

    def _stage(self, line_number, key="a", **values):
        """Put a row into the staging table: an outgoing call of a minute."""
        row = {
            "line_number": line_number,
            "usage_type": "voice",
            "direction": "outgoing",
            "served_number": NUMBER,
            "started_at": STARTED_AT,
            "quantity": 60,
            "raw_line": f"line {line_number}",
            "event_key": KEYS[key],
            **values,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO usage_staged (%s) VALUES (%s)",
                SQL(", ").join(map(SQL.identifier, row)),
                SQL(", ").join(SQL("%s", value) for value in row.values()),
            )
        )

    def _insert(self, guided_state="guided"):
        self._prepare()
        return self._run("15_insert_event", guided_state=guided_state)

    def _rows(self):
        return [
            (event.line_number, event.state, event.reason, event.subscription_id)
            for event in self._events(self.file)
        ]

    def test_cron_prepares_the_months_that_usage_may_come_from(self):
        with freeze_time("2031-03-15"):
            self.Event._cron_ensure_partitions()
        for partition in ("2030_03", "2031_03", "2031_05"):
            self.cr.execute(
                SQL("SELECT to_regclass(%s)", f"telecom_usage_event_{partition}")
            )
            self.assertTrue(self.cr.fetchone()[0], partition)

    def test_insert_event_guides_by_the_number_and_the_instant(self):
        none = self.env["contract.contract"]
        self._create_resource(name="34699000456")
        self.env.flush_all()
        self._stage(2, "a")
        self._stage(3, "b", served_number="34699000456")
        self._stage(4, "c", served_number="34600999999")
        self._stage(5, "d", started_at="2026-08-31 21:59:59")
        self.assertEqual(self._insert(), 4)
        self.assertEqual(
            self._rows(),
            [
                (2, "guided", False, self.subscription),
                (3, "received", "number_not_in_use", none),
                (4, "received", "unknown_number", none),
                (5, "received", "number_not_in_use", none),
            ],
        )

    def test_insert_event_takes_the_first_line_of_a_key(self):
        self._stage(3, "a")
        self._stage(2, "a")
        self.assertEqual(self._insert(), 1)
        self.assertEqual(self._rows(), [(2, "guided", False, self.subscription)])

    def test_insert_event_leaves_a_known_key_alone(self):
        self._stage(2, "a")
        self._insert()
        self.assertEqual(self._insert(), 0)

    def test_insert_event_marks_what_comes_after_a_correction(self):
        self._stage(2, "a")
        self._stage(3, "b", served_number="34600999999")
        self._insert("recycled")
        self.assertEqual([row[1] for row in self._rows()], ["recycled", "received"])

    def test_insert_event_skips_lines_with_a_reason(self):
        self._stage(2, event_key=None, reason="bad_value")
        self.assertEqual(self._insert(), 0)

    def test_reject_unreadable_keeps_the_reason_and_the_line(self):
        self._stage(2)
        self._stage(3, reason="bad_value", field_name="quantity", detail="x")
        self.assertEqual(self._run("16_reject_unreadable"), 1)
        row = self.file.rejection_ids
        self.assertEqual(
            (row.line_number, row.reason, row.field_name, row.detail, row.raw_line),
            (3, "bad_value", "quantity", "x", "line 3"),
        )
        self.assertEqual((row.state, row.create_uid), ("rejected", self.env.user))

    def test_reject_duplicate_tells_which_line_was_first(self):
        self._stage(2, "a")
        self._stage(3, "a")
        self._stage(4, "b")
        self._insert()
        self.assertEqual(self._run("17_reject_duplicate"), 1)
        row = self.file.rejection_ids
        self.assertEqual(
            (row.line_number, row.duplicate_file_id, row.duplicate_line_number),
            (3, self.file, 2),
        )

    def test_clear_staging_leaves_no_row(self):
        self._stage(2)
        self._run("18_clear_staging")
        self.assertEqual(self._insert(), 0)

    def test_count_file_counts_each_row_once(self):
        self._stage(2, "a")
        self._stage(3, "b", served_number="34600999999")
        self._stage(4, "a")
        self._stage(5, "c", reason="bad_value")
        self._insert()
        self._run("16_reject_unreadable")
        self._run("17_reject_duplicate")
        self._run("19_count_file", file_ids=self.file.ids)
        self.assertEqual(
            (
                self.file.event_count,
                self.file.suspended_count,
                self.file.duplicate_count,
                self.file.rejected_count,
            ),
            (2, 1, 1, 1),
        )

    def test_count_file_of_an_empty_file_is_zero(self):
        self._run("19_count_file", file_ids=self.file.ids)
        self.assertEqual((self.file.event_count, self.file.rejected_count), (0, 0))

    def test_recycle_event_touches_only_events_that_wait_for_a_number(self):
        self._stage(2, "a")
        self._stage(3, "b", served_number="34699000456")
        self._stage(4, "c", served_number="34600999999")
        self._insert()
        self.env.cr.execute(
            SQL(
                "UPDATE telecom_usage_event SET state = 'received',"
                " reason = 'no_tariff' WHERE line_number = 2"
            )
        )
        heir = self._create_subscription(state="active", msisdn="34699000456")
        self.env.flush_all()
        params = {"company_ids": self.company.ids, "event_ids": None}
        self.assertEqual(self._run("20_recycle_event", **params), 1)
        self.assertEqual(
            [row[1:] for row in self._rows()],
            [
                ("received", "no_tariff", self.subscription),
                ("recycled", False, heir),
                ("received", "unknown_number", self.env["contract.contract"]),
            ],
        )

    def test_settle_rejection_says_what_became_of_each_line(self):
        for line_number in (2, 3, 4):
            self._stage(line_number, reason="unknown_usage_type", detail="FAX")
        self._run("16_reject_unreadable")
        self._run("18_clear_staging")
        self._stage(2, "a")
        self._stage(3, "a")
        self._stage(4, "b", reason="bad_value", detail="x", field_name="quantity")
        self._insert("recycled")
        self._run("21_settle_rejection")
        rows = self.file.rejection_ids.sorted("line_number")
        self.assertEqual(
            [(row.state, row.reason, row.detail) for row in rows],
            [
                ("recycled", "unknown_usage_type", False),
                ("rejected", "duplicate", False),
                ("rejected", "bad_value", "x"),
            ],
        )
        self.assertEqual(rows.mapped("duplicate_line_number"), [0, 2, 0])
