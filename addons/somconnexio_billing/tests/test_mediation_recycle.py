# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged

from .mediation_common import UsageCommon, wholesale_line


@tagged("post_install", "-at_install")
class TestRecycleEvents(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls._load(
            wholesale_line(),
            wholesale_line(ORIGEN="699000456"),
            wholesale_line(ORIGEN="699000789"),
        )
        cls.suspended = cls._events(cls.file).filtered("reason")

    def test_event_is_guided_once_its_number_is_assigned(self):
        heir = self._create_subscription(state="active", msisdn="34699000456")
        self.assertEqual(self.Event._recycle(), 1)
        event = self._events(self.file)[1]
        self.assertEqual(event.subscription_id, heir)
        self.assertEqual((event.state, event.reason), ("recycled", False))
        self.assertEqual((self.file.suspended_count, self.file.event_count), (1, 3))

    def test_event_whose_number_became_known_waits_for_another_reason(self):
        self._create_resource(name="34699000456")
        self.assertEqual(self.Event._recycle(), 0)
        reasons = self._events(self.file).mapped("reason")
        self.assertEqual(reasons, [False, "number_not_in_use", "unknown_number"])

    def test_recycling_twice_changes_nothing_more(self):
        self._create_subscription(state="active", msisdn="34699000456")
        self.Event._recycle()
        self.assertEqual(self.Event._recycle(), 0)

    def test_only_the_chosen_events_are_recycled(self):
        self._create_subscription(state="active", msisdn="34699000456")
        self._create_subscription(state="active", msisdn="34699000789")
        self.suspended[1].action_recycle()
        self.assertEqual(self.suspended.mapped("state"), ["received", "recycled"])

    def test_button_of_the_file_recycles_what_it_holds(self):
        self._create_subscription(state="active", msisdn="34699000456")
        told = self.file.action_recycle()["params"]
        self.assertEqual(told["type"], "success")
        self.assertEqual(self.suspended.mapped("state"), ["recycled", "received"])

    def test_events_of_other_companies_are_left_alone(self):
        self._create_subscription(state="active", msisdn="34699000456")
        other = self.env["res.company"].create({"name": "Other cooperative"})
        event_model = self.Event.with_context(allowed_company_ids=other.ids)
        self.assertEqual(event_model._recycle(), 0)

    def test_event_cannot_be_edited_created_or_deleted(self):
        event = self._events(self.file)[0]
        for operation in (
            lambda: event.write({"quantity": 1}),
            lambda: self.Event.create({"quantity": 1}),
            event.unlink,
        ):
            with self.subTest(operation), self.assertRaises(UserError):
                operation()


@tagged("post_install", "-at_install")
class TestRecycleRejections(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls._load(
            wholesale_line(TIPO="FAX"),
            wholesale_line(CANTIDAD="x"),
            wholesale_line(HORA="11:00:00"),
            wholesale_line(HORA="11:00:00", TIPO="FAX"),
            wholesale_line(HORA="11:00:00"),
        )

    def _accept_fax(self, meaning="voice"):
        field = self.format.field_ids.filtered(lambda f: f.target == "usage_type")
        field.value_map += f"\nFAX={meaning}"

    def test_row_that_can_be_read_now_becomes_an_event(self):
        self._accept_fax()
        self.file.action_recycle()
        self.assertEqual(
            self._outcomes(self.file),
            {
                2: "recycled",
                3: "bad_value",
                4: "guided",
                5: "duplicate",
                6: "duplicate",
            },
        )
        self._assert_conserved(self.file)
        first = self.file.rejection_ids.filtered(lambda row: row.line_number == 2)
        self.assertEqual(
            (first.state, first.reason), ("recycled", "unknown_usage_type")
        )

    def test_row_that_turns_out_to_be_a_duplicate_says_of_what(self):
        self._accept_fax()
        self.file.action_recycle()
        row = self.file.rejection_ids.filtered(lambda row: row.line_number == 5)
        self.assertEqual((row.state, row.reason), ("rejected", "duplicate"))
        self.assertEqual(row.duplicate_file_id, self.file)
        self.assertEqual(row.duplicate_line_number, 4)
        self.assertFalse(row.detail)

    def test_row_that_still_cannot_be_read_says_why_this_time(self):
        field = self.format.field_ids.filtered(lambda f: f.target == "usage_type")
        field.value_map = "VOZ=voice\nFAX=voice"
        quantity = self.format.field_ids.filtered(lambda f: f.target == "quantity")
        quantity.value_type = "duration_hms"
        row = self.file.rejection_ids.filtered(lambda row: row.line_number == 2)
        row._recycle()
        self.assertEqual((row.state, row.reason), ("rejected", "bad_value"))
        self.assertEqual((row.detail, row.expected), ("65", "h:mm:ss"))

    def test_only_the_chosen_rows_are_read_again(self):
        self._accept_fax()
        row = self.file.rejection_ids.filtered(lambda row: row.line_number == 5)
        row.action_recycle()
        self.assertEqual(self._outcomes(self.file)[2], "unknown_usage_type")

    def test_recycled_row_of_an_unknown_number_waits_in_suspense(self):
        file = self._load(wholesale_line(TIPO="FAX", ORIGEN="600999999"))
        self._accept_fax()
        self.assertEqual(file.rejection_ids._recycle(), 1)
        self.assertEqual(self._outcomes(file), {2: "unknown_number"})
        self.assertEqual((file.suspended_count, file.rejected_count), (1, 0))

    def test_recycling_twice_changes_nothing_more(self):
        self._accept_fax()
        self.file.rejection_ids._recycle()
        before = self._outcomes(self.file)
        self.assertEqual(self.file.rejection_ids._recycle(), 0)
        self.assertEqual(self._outcomes(self.file), before)

    def test_format_that_no_longer_fits_the_file_changes_nothing(self):
        before = self._outcomes(self.file)
        field = self.format.field_ids.filtered(lambda f: f.target == "quantity")
        field.source = "SEGUNDOS"
        with self.assertRaisesRegex(UserError, "no column SEGUNDOS"):
            self.file.rejection_ids._recycle()
        self.assertEqual(self._outcomes(self.file), before)

    def test_discarded_row_is_not_read_again_until_it_is_restored(self):
        row = self.file.rejection_ids.filtered(lambda row: row.line_number == 2)
        row.discard("Never usage")
        self._accept_fax()
        self.assertEqual(row._recycle(), 0)
        self._assert_conserved(self.file)
        row.action_restore()
        self.assertEqual(row._recycle(), 1)

    def test_explanation_names_field_finding_and_expectation(self):
        row = self.file.rejection_ids.filtered(lambda row: row.line_number == 3)
        self.assertEqual(
            row.explanation, "Quantity cannot be read. Found: x. Expected: 0-9."
        )
