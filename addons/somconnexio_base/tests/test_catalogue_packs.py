# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY

EVE = "2026-10-14"
LATER = "2026-11-01"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCataloguePacks(CatalogueCommon):
    """A fibre and two mobiles, first without a pack."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_billing_account()
        cls.line = cls._create_member(cls.fibre)
        cls.anna, cls.berta, cls.carme = (cls._create_member() for _i in range(3))

    def setUp(self):
        super().setUp()
        self.today = self._day(TODAY)

    def _join(self, *subscriptions, day=TODAY):
        members = self.env["contract.contract"].union(*subscriptions)
        return members.join_pack(self.pack, self._day(day))

    def _discounts(self, day):
        return self.line.contract_line_ids.filtered(
            lambda line: (
                line.product_id == self.discount
                and line.date_start <= self._day(day)
                and (not line.date_end or line.date_end >= self._day(day))
            )
        )

    def test_joining_gives_each_member_what_the_table_says(self):
        group = self._join(self.line, self.anna)
        self.assertTrue(group.is_complete)
        self._assert_offering(self.anna, self.single, EVE)
        self._assert_offering(self.anna, self.pack_1, TODAY)
        self._assert_offering(self.line, self.fibre, TODAY)
        self.assertEqual(self.anna.telecom_pack_group_id, group)

    def test_one_more_member_changes_its_siblings(self):
        self._join(self.line, self.anna)
        self._join(self.berta, day=LATER)
        self._assert_offering(self.anna, self.pack_1, "2026-10-31")
        for mobile in self.anna | self.berta:
            self._assert_offering(mobile, self.pack_2, LATER)

    def test_discount_comes_and_goes_with_the_third_mobile(self):
        self._join(self.line, self.anna, self.berta, self.carme)
        self.assertEqual(self._discounts(TODAY).price_unit, -3)
        self.carme.leave_pack(self._day(LATER))
        self.assertTrue(self._discounts("2026-10-31"))
        self.assertFalse(self._discounts(LATER))
        self._assert_offering(self.carme, self.single, LATER)

    def test_pack_without_its_fibre_gives_the_fallback(self):
        group = self._join(self.line, self.anna)
        self.line.terminate(self.reason_terminate, self.today)
        self._assert_offering(self.anna, self.pack_1, TODAY)
        self._assert_offering(self.anna, self.single, "2026-10-16")
        self.assertEqual(
            group.member_ids._on(self._day("2026-10-16")).subscription_id, self.anna
        )

    def test_planned_end_taken_back_leaves_everything_as_it_was(self):
        self._join(self.line, self.anna, self.berta)
        before = {s: self._tariffs(s) for s in self.anna | self.berta | self.line}
        self.berta.terminate(self.reason_terminate, self._day("2026-11-30"))
        self._assert_offering(self.anna, self.pack_1, "2026-12-01")
        self.berta.cancel_termination()
        after = {s: self._tariffs(s) for s in self.anna | self.berta | self.line}
        self.assertEqual(after, before)
        self.assertFalse(any(self.berta.pack_member_ids.mapped("end_date")))

    def test_planned_end_moved_moves_what_siblings_get(self):
        self._join(self.line, self.anna, self.berta)
        self.berta.terminate(self.reason_terminate, self._day("2026-11-30"))
        self.berta.terminate(self.reason_terminate, self._day("2026-12-31"))
        self._assert_offering(self.anna, self.pack_2, "2026-12-31")
        self._assert_offering(self.anna, self.pack_1, "2027-01-01")
        self.berta.terminate(self.reason_terminate, self._day("2026-11-15"))
        self._assert_offering(self.anna, self.pack_1, "2026-11-16")

    def test_change_planned_before_another_keeps_the_later_one(self):
        """One ends in December; another that joins now must not forget it."""
        self._join(self.line, self.anna, self.berta)
        self.berta.terminate(self.reason_terminate, self._day("2026-11-30"))
        self._join(self.carme, day=LATER)
        self._assert_offering(self.anna, self.pack_2, "2026-12-01")
        self.carme.leave_pack(self._day("2026-11-20"))
        self._assert_offering(self.anna, self.pack_2, "2026-11-30")
        self._assert_offering(self.anna, self.pack_1, "2026-12-01")

    def test_offering_outside_the_pack_lets_the_member_go(self):
        group = self._join(self.line, self.anna, self.berta)
        self.berta.change_offering(self.offering_mobile_large, self._day(LATER))
        self._assert_offering(self.berta, self.offering_mobile_large, LATER)
        self._assert_offering(self.anna, self.pack_1, LATER)
        members = group.member_ids._on(self._day(LATER)).subscription_id
        self.assertEqual(members, self.line | self.anna)

    def test_offering_of_the_pack_keeps_the_member_in_it(self):
        self._join(self.line, self.anna)
        self.anna.change_offering(self.single, self._day(LATER))
        self._assert_offering(self.anna, self.pack_1, LATER)
        self.line.change_offering(
            self._create_offering("Fibre 1 Gb", 50, service="fibre"), self._day(LATER)
        )
        self._assert_offering(self.anna, self.pack_1, LATER)

    def test_pending_member_counts_from_its_activation(self):
        fresh = self._create_member(state="pending", start=TODAY)
        group = self._join(self.line, self.anna, fresh)
        self.assertFalse(fresh.pack_member_ids.start_date)
        self._assert_offering(self.anna, self.pack_1, TODAY)
        fresh.activate(self.today)
        for mobile in self.anna | fresh:
            self._assert_offering(mobile, self.pack_2, TODAY)
        self.assertEqual(fresh.telecom_pack_group_id, group)

    def test_pending_member_cancelled_is_forgotten(self):
        fresh = self._create_member(state="pending", start=TODAY)
        self._join(self.line, self.anna, fresh)
        fresh.terminate(self.reason_terminate, self.today)
        self.assertFalse(fresh.pack_member_ids)
        self._assert_offering(self.anna, self.pack_1, TODAY)

    def test_member_that_joins_another_pack_leaves_the_first(self):
        other = self._create_pack("SHARED", [("mobile", self.type_mobile, 2, 3)])
        shared = self._create_offering("Shared", 5)
        self._add_effect(other.slot_ids, shared)
        self._join(self.line, self.anna, self.berta)
        (self.berta | self.carme).join_pack(other, self._day(LATER))
        for mobile in self.berta | self.carme:
            self._assert_offering(mobile, shared, LATER)
        self._assert_offering(self.anna, self.pack_1, LATER)
        self.assertEqual(len(self.berta.pack_member_ids), 2)

    def test_join_planned_and_taken_back_changes_nothing(self):
        self._join(self.line, self.anna, day=LATER)
        self._assert_offering(self.anna, self.pack_1, LATER)
        self.anna.leave_pack(self._day("2026-10-20"))
        self._assert_offering(self.anna, self.single, LATER)
        self.assertFalse(self.anna.pack_member_ids)

    def test_what_does_not_fit_is_refused_with_its_reason(self):
        large = self._create_member(self.offering_mobile_large)
        with self.assertRaisesRegex(UserError, "is in no part of"):
            large.join_pack(self.pack, self.today)
        stranger = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "same holder or billing account"):
            (self.line | stranger).join_pack(self.pack, self.today)
        self._join(self.line, self.anna, self.berta, self.carme)
        with self.assertRaisesRegex(UserError, "has room for 3 of Mobile"):
            self._create_member().join_pack(self.pack, self.today)
        with self.assertRaisesRegex(UserError, "in this pack already"):
            self.anna.join_pack(self.pack, self.today)
        with self.assertRaisesRegex(UserError, "is in no pack"):
            large.leave_pack(self.today)

    def test_members_are_not_written_by_hand(self):
        group = self._join(self.line, self.anna)
        agent = self.env["res.users"].create(
            {
                "name": "Agent",
                "login": "pack_agent",
                "group_ids": [(6, 0, self._ref("group_telecom_agent").ids)],
            }
        )
        member = group.member_ids[:1].with_user(agent)
        for action in (
            lambda: member.write({"end_date": LATER}),
            member.unlink,
            lambda: member.copy({"subscription_id": self.berta.id}),
        ):
            with self.assertRaisesRegex(UserError, "Members of packs are not written"):
                action()
        self.berta.with_user(agent).join_pack(self.pack.with_user(agent), self.today)
        self._assert_offering(self.anna, self.pack_2, TODAY)

    def test_table_refuses_what_a_part_cannot_get(self):
        with self.assertRaisesRegex(ValidationError, "is no offering for Fibre"):
            self._add_effect(self.slot_fibre, self.single)
        with self.assertRaisesRegex(ValidationError, "just ends"):
            self._add_effect(self.slot_fibre, self.discount, is_fallback=True)
        with self.assertRaisesRegex(ValidationError, "is no offering, add-on"):
            self._add_effect(self.slot_mobile, self.one_shot)

    def test_subscription_is_in_one_pack_at_a_time(self):
        group = self._join(self.line, self.anna)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            group.member_ids[:1].copy({"start_date": LATER})

    def test_preview_shows_the_outcome_and_changes_nothing(self):
        self._join(self.line, self.anna)
        before = self._tariffs(self.anna)
        rows = self.berta._preview_pack("join", self._day("2026-10-16"), pack=self.pack)
        by_subscription = {row["subscription"]: row for row in rows}
        self.assertEqual(set(by_subscription), {self.line, self.anna, self.berta})
        anna, berta = by_subscription[self.anna], by_subscription[self.berta]
        self.assertEqual(anna["before"], self.pack_1.product_tmpl_id)
        self.assertEqual(anna["after"], self.pack_2.product_tmpl_id)
        self.assertEqual((anna["price_before"], anna["price_after"]), (8, 6))
        self.assertEqual((berta["price_before"], berta["price_after"]), (10, 6))
        # 15 days at 10 and 16 at 6 instead of 31 at 10: 4.84 + 3.10.
        self.assertEqual(berta["fee_before"], Decimal("10.00"))
        self.assertEqual(berta["fee_after"], Decimal("7.94"))
        self.assertIn("Joins Pinya on 2026-10-16.", berta["changes"])
        self.assertEqual(self._tariffs(self.anna), before)
        self.assertFalse(self.berta.pack_member_ids)

    def test_preview_is_what_happens(self):
        self._join(self.line, self.anna, self.berta, self.carme)
        rows = self.line._preview_pack("terminate", self._day("2026-10-20"))
        self.line.terminate(self.reason_terminate, self._day("2026-10-20"))
        day, month = self._day("2026-10-21"), self._day("2026-10-01")
        for row in rows:
            facts = row["subscription"]._pack_facts(day, month)
            self.assertEqual(facts["price"], row["price_after"])
            self.assertEqual(facts["fee"], row["fee_after"])

    def test_simulator_shows_and_does(self):
        simulator = self.env["telecom.pack.simulator"].create(
            {
                "subscription_ids": (self.line | self.anna).ids,
                "pack_id": self.pack.id,
                "date": TODAY,
            }
        )
        simulator.action_simulate()
        self.assertEqual(len(simulator.line_ids), 2)
        self.assertEqual(simulator.price_difference, -2)
        self.assertFalse(self.anna.pack_member_ids)
        simulator.action_apply()
        self._assert_offering(self.anna, self.pack_1, TODAY)
        simulator.pack_id = False
        with self.assertRaisesRegex(UserError, "Choose the pack"):
            simulator.action_simulate()

    def test_simulator_tells_prices_with_tax(self):
        tax = self.env["account.tax"].create(
            {"name": "VAT 21", "amount": 21, "type_tax_use": "sale"}
        )
        (self.single | self.pack_1 | self.fibre).taxes_id = tax
        rows = (self.line | self.anna)._preview_pack("join", self.today, pack=self.pack)
        anna = next(row for row in rows if row["subscription"] == self.anna)
        self.assertEqual(anna["taxed_before"], Decimal("12.1"))
        self.assertEqual(anna["taxed_after"], Decimal("9.68"))

    def test_offering_for_packs_only_is_not_had_outside_of_one(self):
        offering = self.pack_1.product_tmpl_id
        offering.telecom_is_pack_only = True
        self.assertIn("Pinya", offering._eligibility_problems(self.partner)[0])
        alone = self._create_member(self.pack_1, state="pending")
        with self.assertRaisesRegex(UserError, "is in no pack.*Pinya"):
            alone.activate()
        with self.assertRaisesRegex(UserError, "members of packs only"):
            self.anna.change_offering(self.pack_1, self.today)
        self._join(self.line, self.anna)
        self._assert_offering(self.anna, self.pack_1, TODAY)
        with (
            self.assertRaisesRegex(UserError, "outside of a pack"),
            self.env.cr.savepoint(),
        ):
            self.anna.leave_pack(self._day(LATER), self.pack_1)
        self.anna.leave_pack(self._day(LATER))
        self._assert_offering(self.anna, self.single, LATER)

    def test_api_simulates_joins_and_leaves_by_codes(self):
        Pack = self.env["telecom.pack"]
        ids = (self.line | self.anna).ids
        rows = Pack.simulate("join", ids, TODAY, pack_code=self.pack.code)
        self.assertEqual({row["part"] for row in rows}, {"fibre", "mobile"})
        self.assertEqual(
            Pack.join(self.pack.code, ids, TODAY), self.anna.telecom_pack_group_id.id
        )
        self.assertTrue(Pack.leave([self.anna.id], LATER))
        self._assert_offering(self.anna, self.single, LATER)
        for kwargs, words in (
            ({"pack_code": "NONE"}, "no pack NONE"),
            ({"date": "soon"}, "Write the date"),
        ):
            with self.assertRaisesRegex(UserError, words):
                Pack.simulate("join", ids, **kwargs)
        with self.assertRaisesRegex(UserError, "The action is"):
            Pack.simulate("explode", ids)
        with self.assertRaisesRegex(UserError, "all existing"):
            Pack.simulate("join", [0], pack_code=self.pack.code)
        with self.assertRaisesRegex(UserError, "no offering NONE"):
            Pack.leave([self.berta.id], product_code="NONE")

    def test_verbs_without_packs_take_no_query_per_subscription(self):
        few = self._create_member(state="active")
        many = self.env["contract.contract"].concat(
            *(self._create_member(state="active") for _i in range(6))
        )
        day = self._day(LATER)

        def plan(subscriptions):
            return lambda: subscriptions._pack_effects(
                "change_offering", product=self.single, date=day
            )

        self.assertEqual(
            self._count_queries(plan(many)), self._count_queries(plan(few))
        )

    def test_running_subscriptions_are_taken_over_where_nothing_changes(self):
        account, other = (self._create_billing_account() for _i in range(2))
        line, mobile, alone = (
            self._create_subscription(product, account=payer, state="active")
            for product, payer in (
                (self.fibre, account),
                (self.pack_1, account),
                (self.pack_1, other),
            )
        )
        before = self._tariffs(mobile)
        groups = self.env["telecom.pack"]._take_over_running()
        self.assertEqual(groups.billing_account_id, account)
        self.assertEqual(groups.member_ids.subscription_id, line | mobile)
        self.assertEqual(self._tariffs(mobile), before)
        self.assertFalse(alone.pack_member_ids)
        self.assertFalse(self.env["telecom.pack"]._take_over_running())
