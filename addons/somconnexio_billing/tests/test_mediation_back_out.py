# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .mediation_common import UsageCommon, wholesale_line
from .mediation_digest import usage_digest
from .rating_common import RatingCommon


@tagged("post_install", "-at_install")
class TestBackOut(UsageCommon, RatingCommon):
    """Three files that tell partly the same; the first one is taken out again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscription(
            cls.offering, state="active", msisdn="34699000777"
        )
        cls._create_rate("0.60")
        cls._create_rate("0", direction="incoming")
        cls._create_allowance(120)
        national = "699000777"
        cls.shared = wholesale_line(ORIGEN=national)
        cls.twice = wholesale_line(ORIGEN=national, HORA="11:00:00")
        cls.lines_by_file = {
            "first": [
                cls.shared,
                cls.twice,
                wholesale_line(ORIGEN=national, HORA="09:00:00"),
                wholesale_line(CANTIDAD="x"),
                wholesale_line(ORIGEN="699888777"),
            ],
            "second": [
                wholesale_line(ORIGEN=national, HORA="12:00:00"),
                cls.twice,
                wholesale_line(ID_REGISTRO="9", ORIGEN=national, HORA="11:00:00"),
                wholesale_line(TIPO="FAX"),
            ],
            "third": [cls.twice, cls.shared, wholesale_line(HORA="13:00:00")],
        }

    @classmethod
    def _load_named(cls, *names):
        return [
            cls._load(*cls.lines_by_file[name], name=f"MW_CDR_{name}.csv")
            for name in names
        ]

    def _digest(self):
        self._rate()
        return usage_digest(self.env, self.company)

    def _digest_without(self):
        """Return the digest of the world in which the first file never came."""
        with self.env.cr.savepoint() as savepoint:
            self._load_named("second", "third")
            digest = self._digest()
            savepoint.rollback()
        self.env.invalidate_all()
        return digest

    def test_world_is_as_if_the_file_had_never_come(self):
        expected = self._digest_without()
        first, _second, _third = self._load_named("first", "second", "third")
        self.assertNotEqual(self._digest(), expected)
        first.back_out("Sent for another operator")
        self.assertEqual(self._digest(), expected)

    def test_world_is_the_same_when_it_was_never_rated_with_the_file(self):
        expected = self._digest_without()
        first, _second, _third = self._load_named("first", "second", "third")
        first.back_out("Wrong file")
        self.assertEqual(self._digest(), expected)

    def test_row_that_lost_against_the_file_is_an_event_of_the_next_one(self):
        first, second, third = self._load_named("first", "second", "third")
        self.assertEqual(self._outcomes(second)[3], "duplicate")
        first.back_out("Wrong file")
        self.assertEqual(
            self._outcomes(second),
            {2: "guided", 3: "guided", 4: "duplicate", 5: "unknown_usage_type"},
        )
        self.assertEqual(
            self._outcomes(third), {2: "duplicate", 3: "guided", 4: "guided"}
        )
        lost = third.rejection_ids
        self.assertEqual(
            (lost.duplicate_file_id, lost.duplicate_line_number), (second, 3)
        )
        for file in (second, third):
            self._assert_conserved(file)

    def test_backed_out_file_keeps_who_when_and_why_and_nothing_else(self):
        [first] = self._load_named("first")
        first.back_out("  Wrong file ")
        self.assertEqual(first.state, "backed_out")
        self.assertEqual(first.back_out_reason, "Wrong file")
        self.assertEqual(first.backed_out_by_id, self.env.user)
        self.assertTrue(first.backed_out_at)
        self.assertIn("5 rows, of which 4 events", first.message_ids[0].body)
        self.assertIn("Wrong file", first.message_ids[0].body)
        self.assertEqual(self._outcomes(first), {})
        self._assert_conserved(first)
        self.assertFalse(first.row_states)

    def test_backed_out_file_can_be_loaded_again(self):
        first, second = self._load_named("first", "second")
        first.back_out("By mistake")
        first.load_usage()
        self.assertEqual(first.state, "loaded")
        self.assertEqual(self._outcomes(first)[3], "duplicate")
        self.assertEqual(self._outcomes(second)[3], "guided")
        self._assert_conserved(first)

    def test_backed_out_file_is_not_loaded_by_the_next_run(self):
        [first] = self._load_named("first")
        first.back_out("Wrong file")
        waiting = self.File.search([("state", "=", "received")])
        self.assertNotIn(first, waiting)

    def test_files_backed_out_together_leave_nothing(self):
        files = self.File.union(*self._load_named("first", "second", "third"))
        empty = {part: [] for part in usage_digest(self.env, self.company)}
        files.back_out("All wrong")
        self.assertEqual(self._digest(), empty)

    def test_file_with_billed_usage_is_refused_with_the_names_of_the_bills(self):
        [first] = self._load_named("first")
        run = self._create_run()
        self._rate(run=run)
        account = self._invoice(run)
        account.move_id.name = "TEST/2026/0007"
        with self.assertRaisesRegex(UserError, "on 1 bills: TEST/2026/0007"):
            first.back_out("Wrong file")
        self.assertEqual(first.state, "loaded")
        account.state = "cancelled"
        first.back_out("Wrong file")
        self.assertFalse(self.Rated.search([("bill_run_id", "=", run.id)]))

    def test_only_a_loaded_file_is_backed_out_and_only_for_a_reason(self):
        waiting = self._receive(wholesale_line(HORA="14:00:00"))
        with self.assertRaisesRegex(UserError, "not loaded"):
            waiting.back_out("Why not")
        waiting.load_usage()
        with self.assertRaisesRegex(UserError, "Say why"):
            waiting.back_out("  ")

    def test_usage_rated_by_someone_else_at_this_moment_is_waited_for(self):
        [first] = self._load_named("first")
        with self.env.registry.cursor() as other:
            other.execute(
                SQL(
                    "SELECT pg_advisory_xact_lock(hashtext(%s), %s)",
                    "telecom_rated_usage",
                    self.company.id,
                )
            )
            with self.assertRaisesRegex(UserError, "being rated"):
                first.back_out("Wrong file")

    def test_agent_cannot_back_out_and_a_billing_manager_can(self):
        [first] = self._load_named("first")
        users = {role: self._create_user(role) for role in ("agent", "billing_manager")}
        with self.assertRaises(AccessError):
            first.with_user(users["agent"]).back_out("Wrong file")
        with self.assertRaises(AccessError):
            first.with_user(users["agent"]).action_back_out()
        manager = first.with_user(users["billing_manager"])
        action = manager.action_back_out()
        wizard = (
            self.env[action["res_model"]]
            .with_user(users["billing_manager"])
            .with_context(**action["context"])
            .create({"reason": "Wrong file"})
        )
        wizard.action_confirm()
        self.assertEqual(first.backed_out_by_id, users["billing_manager"])

    @classmethod
    def _create_user(cls, role):
        return cls.env["res.users"].create(
            {
                "name": role,
                "login": f"back_out_{role}",
                "group_ids": [
                    (4, cls.env.ref(f"somconnexio_base.group_telecom_{role}").id)
                ],
            }
        )

    def test_many_rows_take_as_many_queries_as_few(self):
        def back_out_with(count, hour):
            lines = [
                wholesale_line(HORA=f"{hour}:{number // 60:02}:{number % 60:02}")
                for number in range(count)
            ]
            file = self._load(*lines, name="MW_CDR_1.csv")
            self._load(*lines, wholesale_line(HORA=f"{hour + 1}:59:59"))
            self.env.flush_all()
            before = self.cr.sql_log_count
            file.back_out("Wrong file")
            self.env.flush_all()
            return self.cr.sql_log_count - before

        back_out_with(2, 10)
        few = back_out_with(3, 12)
        self.assertLessEqual(back_out_with(300, 14), few)
