# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .collection_common import CollectionCommon
from .mediation_common import wholesale_line

PATTERN = "MW_CDR_%Y%m%d_{sequence}.csv"


@tagged("post_install", "-at_install")
class TestExpected(CollectionCommon):
    def setUp(self):
        super().setUp()
        self.source = self._create_source(
            name_pattern=PATTERN, is_sequence_checked=True, expected_from="2026-10-28"
        )
        self.second = 0

    def _arrive(self, day, number):
        self.second += 1
        line = wholesale_line(HORA=f"10:00:{self.second:02}")
        return self._receive(line, name=f"MW_CDR_202610{day}_{number:04}.csv")

    def _open_gaps(self):
        gaps = self.source.gap_ids.filtered(lambda gap: gap.state == "open")
        return {gap.sequence_number or gap.expected_date for gap in gaps}

    def test_file_that_came_by_hand_belongs_to_its_source(self):
        file = self._arrive(28, 7)
        self.assertEqual(file.source_id, self.source)
        self.assertEqual((file.name_date, file.name_sequence), (date(2026, 10, 28), 7))

    def test_number_left_out_is_told_once_to_the_responsible(self):
        self._arrive(28, 7)
        self._arrive(29, 10)
        self.source._check_expected()
        self.source._check_expected()
        self.assertEqual(self._open_gaps(), {8, 9})
        activities = self.source.gap_ids.activity_ids
        self.assertEqual(len(activities), 2)
        self.assertEqual(activities.user_id, self.manager)

    def test_gap_closes_by_itself_when_the_file_comes(self):
        self._arrive(28, 7)
        self._arrive(29, 9)
        self.source._check_expected()
        gap = self.source.gap_ids
        self._arrive(28, 8)
        self.assertEqual(gap.state, "arrived")
        self.assertTrue(gap.closed_at)
        self.assertFalse(gap.activity_ids)
        self.assertEqual(self.source.open_gap_count, 0)

    def test_day_without_a_file_is_late_after_its_time(self):
        self.source.write({"frequency": "day", "lateness_hours": 30})
        self._arrive(28, 1)
        self._arrive(30, 2)
        with freeze_time("2026-10-31 05:30:00"):
            self.source._check_expected()
        self.assertEqual(self._open_gaps(), {date(2026, 10, 29)})
        with freeze_time("2026-11-02 05:30:00"):
            self.source._check_expected()
        self.assertEqual(self._open_gaps(), {date(2026, 10, 29), date(2026, 10, 31)})
        self._arrive(29, 3)
        self.assertEqual(self._open_gaps(), {date(2026, 10, 31)})

    def test_file_that_never_will_come_is_not_told_again(self):
        self._arrive(28, 7)
        self._arrive(29, 9)
        self.source._check_expected()
        self.source.gap_ids.with_user(self.manager).action_dismiss()
        self.assertFalse(self.source.gap_ids.activity_ids)
        self.source._check_expected()
        self.assertEqual(self.source.gap_ids.mapped("state"), ["dismissed"])
        self.source.gap_ids.action_reopen()
        self.assertEqual(self._open_gaps(), {8})

    def test_scheduled_action_looks_at_every_source(self):
        self._arrive(28, 7)
        self._arrive(29, 9)
        self.registry_enter_test_mode(register_cleanup=False)
        try:
            self.env.ref(
                "somconnexio_billing.cron_usage_source_expected"
            ).method_direct_trigger()
        finally:
            self.registry_leave_test_mode()
        self.env.invalidate_all()
        self.assertEqual(self._open_gaps(), {8})

    def test_gap_is_called_by_source_and_number_or_day(self):
        gaps = self.env["telecom.usage.gap"]._open(
            self.source, [("number", 8, False), ("late", 0, date(2026, 10, 29))]
        )
        self.assertEqual(
            gaps.mapped("display_name"),
            [
                "Mobile wholesaler: file number 8",
                "Mobile wholesaler: file of 2026-10-29",
            ],
        )

    def test_pattern_that_cannot_work_is_refused_with_the_reason(self):
        for vals, message in (
            ({"name_pattern": "MW_%q.csv"}, "may not hold %q"),
            ({"name_pattern": "MW_%Y%Y%m.csv"}, "twice"),
            ({"name_pattern": "MW_%d.csv"}, "needs %Y and %m"),
            ({"name_pattern": "MW_{sequence}.csv", "frequency": "day"}, "the date"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, message):
                self.source.write(vals)
