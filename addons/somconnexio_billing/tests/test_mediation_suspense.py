# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .mediation_common import UsageCommon, wholesale_line


@tagged("post_install", "-at_install")
class TestSuspense(UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Suspense = cls.env["telecom.usage.suspense"]
        cls.tariff = cls.env["telecom.tariff"].create({"name": "T", "code": "T-SUSP"})
        cls.env["telecom.tariff.rate"].search([]).unlink()
        cls.env["telecom.tariff.rate"].create(
            {
                "tariff_id": cls.tariff.id,
                "usage_type_id": cls.env.ref("somconnexio_billing.usage_type_voice").id,
                "unit_price": 0.60,
                "price_unit": 60,
                "setup_fee": 0.10,
                "category_id": cls.env.ref(
                    "somconnexio_billing.usage_category_voice_national"
                ).id,
            }
        )
        cls.file = cls._load(
            wholesale_line(COSTE="0,0100"),
            wholesale_line(ORIGEN="699000456", COSTE="0,0300", CANTIDAD="60"),
            wholesale_line(ORIGEN="699000789", COSTE="9,5000"),
            wholesale_line(CANTIDAD="x"),
            wholesale_line(COSTE="0,0100"),
        )
        cls.rows = cls.Suspense.search([("file_id", "=", cls.file.id)])

    def _by_line(self):
        return {row.line_number: row for row in self.rows}

    def test_all_that_waits_is_in_one_list_without_duplicates(self):
        self.assertEqual(
            {row.line_number: row.reason for row in self.rows},
            {3: "unknown_number", 4: "unknown_number", 5: "bad_value"},
        )
        self.assertEqual(set(self.rows.mapped("state")), {"waiting"})
        self.assertEqual(self.rows.format_id, self.format)

    def test_money_at_risk_is_the_price_or_the_cost_if_that_is_more(self):
        rows = self._by_line()
        self.assertAlmostEqual(rows[3].amount_at_risk, 0.70, 6)
        self.assertAlmostEqual(rows[4].amount_at_risk, 9.50, 6)

    def test_money_at_risk_in_an_unreadable_row_is_the_average_of_its_file(self):
        self.assertAlmostEqual(self.file.wholesale_cost, 9.54, 6)
        self.assertAlmostEqual(self._by_line()[5].amount_at_risk, 3.18, 6)

    def test_pivot_sums_the_risk_by_reason_format_and_month(self):
        groups = self.Suspense.formatted_read_group(
            [("file_id", "=", self.file.id)],
            ["reason", "format_id", "occurred_at:month"],
            ["amount_at_risk:sum", "__count"],
        )
        sums = {group["reason"]: group["amount_at_risk:sum"] for group in groups}
        self.assertAlmostEqual(sums["unknown_number"], 10.20, 6)

    def test_row_explains_itself_and_opens_what_it_stands_for(self):
        rows = self._by_line()
        self.assertIn("34699000456", rows[3].explanation)
        self.assertIn("Found: x", rows[5].explanation)
        self.assertEqual(rows[3].action_open()["res_model"], "telecom.usage.event")
        action = rows[5].action_open()
        self.assertEqual(action["res_model"], "telecom.usage.rejection")
        self.assertEqual(action["res_id"], self.file.unreadable_ids.id)

    def test_rows_of_both_kinds_are_recycled_at_once(self):
        self._create_subscription(state="active", msisdn="34699000456")
        field = self.format.field_ids.filtered(lambda f: f.target == "quantity")
        field.write({"value_type": "duration_hms"})
        told = self.rows.action_recycle()["params"]
        self.assertIn("1 of 3", told["message"])
        self.assertEqual(self._outcomes(self.file)[3], "recycled")

    def test_discarded_rows_keep_their_states_apart_and_can_be_restored(self):
        before = self._outcomes(self.file)
        self.assertEqual(self.rows.discard("Test numbers of the provider"), 3)
        outcomes = self._outcomes(self.file)
        self.assertEqual([outcomes[n] for n in (3, 4, 5)], ["discarded"] * 3)
        self._assert_conserved(self.file)
        self.assertEqual((self.file.suspended_count, self.file.discarded_count), (0, 3))
        again = self.Suspense.search([("file_id", "=", self.file.id)])
        self.assertEqual(set(again.mapped("state")), {"discarded"})
        self.assertEqual(set(again.mapped("reason")), {"unknown_number", "bad_value"})
        again.discard_id.action_restore()
        self.assertEqual(self._outcomes(self.file), before)
        self.assertEqual((self.file.suspended_count, self.file.discarded_count), (2, 0))

    def test_discard_says_who_when_and_why(self):
        self._by_line()[3].discard("  Test number ")
        discard = self._events(self.file)[1].discard_id
        self.assertEqual(discard.reason, "Test number")
        self.assertEqual((discard.user_id, discard.row_count), (self.env.user, 1))
        self.assertEqual(discard.action_view_rows()["domain"][0][2], discard.ids)
        event = self._events(self.file)[1]
        self.assertEqual((event.state, event.tmf_state), ("discarded", "rejected"))
        self.assertEqual(event.discarded_reason, "unknown_number")

    def test_discarding_needs_a_reason_and_leaves_other_events_alone(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.rows.discard(" ")
        guided = self._events(self.file)[0]
        self.assertEqual(guided.discard("No reason at all"), 0)
        self.assertEqual(guided.state, "guided")

    def test_discarded_event_is_neither_recycled_nor_rated(self):
        event = self._events(self.file)[1]
        event.discard("Given up")
        self._create_subscription(state="active", msisdn="34699000456")
        self.assertEqual(self.Event._recycle(), 0)
        event.restore()
        self.assertEqual(self.Event._recycle(), 1)

    def test_every_row_of_the_file_is_in_exactly_one_state(self):
        counts = self.file._count_row_states()[self.file.id]
        self.assertEqual(counts, {"guided": 1, "received": 2, "rejected": 2})
        self.rows.discard("Given up")
        counts = self.file._count_row_states()[self.file.id]
        self.assertEqual(counts, {"guided": 1, "rejected": 4})
        self.assertEqual(sum(counts.values()), self.file.row_count)
        self.assertEqual(self.file.row_states, "Guided: 1 · Rejected: 4")

    def test_agent_may_look_and_nothing_else(self):
        agent = new_test_user(
            self.env, "suspense_agent", "somconnexio_base.group_telecom_agent"
        )
        rows = self.rows.with_user(agent)
        self.assertEqual(len(rows.mapped("explanation")), 3)
        event = self._events(self.file)[1].with_user(agent)
        for operation in (
            rows.action_recycle,
            rows.action_discard,
            rows.action_restore,
            lambda: rows.discard("Mine"),
            event.restore,
            lambda: self.file.unreadable_ids.with_user(agent).discard("Mine"),
        ):
            with self.subTest(operation), self.assertRaises(AccessError):
                operation()

    def test_other_company_neither_sees_nor_discards(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "suspense_other",
            "somconnexio_base.group_telecom_billing_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.Suspense.with_user(user).search([]))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._events(self.file)[1].with_user(user).discard("Not mine")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.file.unreadable_ids.with_user(user).restore()

    def test_many_rows_are_discarded_in_as_many_queries_as_few(self):
        lines = [
            wholesale_line(ORIGEN="699000456", HORA=f"15:{n // 60:02}:{n % 60:02}")
            for n in range(120)
        ]
        many = self._events(self._load(*lines))
        few = self._events(self.file)[1]
        (few | many).mapped("company_id")
        self.env.flush_all()
        before = self.cr.sql_log_count
        few.discard("Given up")
        of_few = self.cr.sql_log_count - before
        with self.assertQueryCount(of_few + 2):
            many.discard("Given up")
