# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Allowances one after the other: waterfall, partial months, sharing, money."""

from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .rating_common import FIXED, madrid
from .rating_waterfall_common import WaterfallCommon

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


@tagged("post_install", "-at_install")
class TestRatingWaterfall(WaterfallCommon):
    def test_event_overflows_from_one_allowance_to_the_next_and_to_money(self):
        first = self._create_allowance(60, priority=1)
        second = self._create_allowance(30, priority=2)
        event = self._add_event(120)
        self._rate()
        self.assertEqual(
            self._draws(event),
            [(first.id, 60, 0, "2026-10-01"), (second.id, 30, 0, "2026-10-01")],
        )
        self._assert_costs(event, "0.30")
        self.assertEqual(self._usage(event)["allowance_id"], second.id)

    def test_explanation_tells_each_allowance(self):
        self._create_allowance(60, priority=1, name="1 minute")
        self._create_allowance(30, priority=2, name="half a minute")
        event = self._add_event(120)
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event)[2:],
            [
                "1:00 min are included in 1 minute: 0:00 min of 1:00 min were used"
                " before.",
                "0:30 min are included in half a minute: 0:00 min of 0:30 min were"
                " used before.",
                f"0:30 min at 0.60 {sign} per min: 0.30 {sign}.",
                f"This makes 0.30 {sign}.",
            ],
        )

    def test_narrow_allowance_leaves_the_wide_one_to_others_in_turn(self):
        narrow = self._create_allowance(
            60, priority=1, destination_ids=self.to_mobile.ids
        )
        wide = self._create_allowance(100, priority=2)
        mobile = self._add_event(100, madrid(2026, 10, 1))
        fixed = self._add_event(50, madrid(2026, 10, 2), other_number=FIXED)
        again = self._add_event(50, madrid(2026, 10, 3))
        self._rate()
        self.assertEqual(
            [draw[:2] for draw in self._draws(mobile)],
            [(narrow.id, 60), (wide.id, 40)],
        )
        self.assertEqual([draw[:3] for draw in self._draws(fixed)], [(wide.id, 50, 40)])
        self.assertIsNone(self._usage(fixed)["breakdown"])
        self.assertEqual(
            [draw[:3] for draw in self._draws(again)],
            [(narrow.id, 0, 60), (wide.id, 10, 90)],
        )

    def test_unlimited_allowance_after_a_limited_one_covers_the_rest(self):
        self._create_allowance(60, priority=1)
        self._create_allowance(priority=2)
        event = self._add_event(600)
        self._rate()
        self._assert_costs(event, 0)
        self.assertEqual(self._covered(event), 600)

    def test_late_event_finds_what_billed_usage_left_of_all(self):
        first = self._create_allowance(60, priority=1)
        second = self._create_allowance(60, priority=2)
        self._add_event(90, madrid(2026, 10, 20))
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        late = self._add_event(90, madrid(2026, 10, 1))
        self._rate(*NOVEMBER)
        self.assertEqual(
            [draw[:3] for draw in self._draws(late)],
            [(first.id, 0, 60), (second.id, 30, 30)],
        )

    def test_balances_tell_what_is_left_even_of_the_unused(self):
        first = self._create_allowance(60, priority=1)
        second = self._create_allowance(60, priority=2)
        self._add_event(90)
        self._rate()
        self.assertEqual(self._balances(first), [("2026-10-01",) * 2 + (60, 60)])
        self.assertEqual(self._balances(second), [("2026-10-01",) * 2 + (60, 30)])
        unused = self._create_allowance(5, usage_type_id=self.sms.id)
        self._rate()
        self.assertEqual(self._balances(unused), [("2026-10-01",) * 2 + (5, 0)])
        unused.active = False
        self._rate()
        self.assertEqual(self._balances(unused), [])


@tagged("post_install", "-at_install")
class TestRatingProration(WaterfallCommon):
    """What is given in a month of which the offering is valid in part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allowance = cls._create_allowance(100, proration="by_day")
        cls.large = cls.offering_mobile_large
        cls.large.product_tmpl_id.telecom_tariff_id = cls.tariff
        cls.subscription.change_offering(cls.large, "2026-10-20")

    def _granted(self):
        self._rate()
        return [balance[2] for balance in self._balances(self.allowance)]

    def test_days_of_the_month_round_up_to_a_whole_unit(self):
        # 19 of 31 days: 61.29.
        self.assertEqual(self._granted(), [62])

    def test_month_of_thirty_days(self):
        self.tariff.proration_method = "thirty_days"
        # 19 of 30 days: 63.33.
        self.assertEqual(self._granted(), [64])

    def test_full_month_gives_all(self):
        self.tariff.proration_method = "full_month"
        self.assertEqual(self._granted(), [100])

    def test_whole_month_gives_all_however_it_is_counted(self):
        self.tariff.proration_method = "thirty_days"
        event = self._add_event(100, madrid(2026, 9, 5))
        self._rate()
        self.assertEqual(self._covered(event), 100)

    def test_usage_draws_on_the_prorated_quantity(self):
        event = self._add_event(100, madrid(2026, 10, 5))
        self._rate()
        self.assertEqual(self._covered(event), 62)


@tagged("post_install", "-at_install")
class TestRatingSharing(WaterfallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_subscription(cls.offering, state="active")
        cls.other.telecom_billing_account_id = (
            cls.subscription.telecom_billing_account_id
        )
        cls.stranger = cls._create_subscription(cls.offering, state="active")

    def _cover(self, sharing):
        """Return what is covered of calls of 80 s of two that share, and a stranger."""
        self.allowance = self._create_allowance(100, sharing=sharing)
        events = [
            self._add_event(80, madrid(2026, 10, day), subscription_id=owner.id)
            for day, owner in enumerate(
                (self.subscription, self.other, self.stranger), start=1
            )
        ]
        self._rate()
        return [self._covered(event) for event in events]

    def test_each_subscription_has_its_own(self):
        self.assertEqual(self._cover("subscription"), [80, 80, 80])

    def test_account_has_it_once(self):
        self.assertEqual(self._cover("account"), [80, 20, 80])
        self.assertEqual(
            [balance[2:] for balance in self._balances(self.allowance)],
            [(100, 80), (100, 100)],
        )

    def test_pool_adds_up_what_each_brings(self):
        self.assertEqual(self._cover("pooled"), [80, 80, 80])
        self.assertEqual(
            [balance[2:] for balance in self._balances(self.allowance)],
            [(100, 80), (200, 160)],
        )

    def test_days_of_an_account_are_those_of_any_of_its_subscriptions(self):
        large = self.offering_mobile_large
        large.product_tmpl_id.telecom_tariff_id = self.tariff
        self.subscription.change_offering(large, "2026-10-11")
        self.other.change_offering(large, "2026-10-06")
        account = self._create_allowance(310, sharing="account", proration="by_day")
        pooled = self._create_allowance(310, sharing="pooled", proration="by_day")
        self._rate()
        self.assertEqual(self._balances(account)[0][2], 100)
        self.assertEqual(self._balances(pooled)[0][2], 150)


@tagged("post_install", "-at_install")
class TestRatingMoney(WaterfallCommon):
    def _create_money(self, amount, **vals):
        return self._create_allowance(
            0, is_unlimited=False, kind="money", amount=amount, **vals
        )

    def test_money_pays_what_units_leave_whatever_its_priority(self):
        money = self._create_money(1, priority=1)
        units = self._create_allowance(60, priority=2)
        event = self._add_event(120, madrid(2026, 10, 1))
        after = self._add_event(60, madrid(2026, 10, 2))
        self._rate()
        self.assertEqual(
            [draw[:3] for draw in self._draws(event)],
            [(units.id, 60, 0), (money.id, Decimal("0.6"), 0)],
        )
        self._assert_costs(event, 0)
        self._assert_costs(after, "0.2")
        self.assertEqual(self._usage(after)["allowance_amount"], Decimal("0.4"))

    def test_explanation_tells_what_money_pays(self):
        self._create_money(1, name="1 euro")
        self._add_event(60, madrid(2026, 10, 1))
        event = self._add_event(60, madrid(2026, 10, 2))
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event)[-2:],
            [
                f"0.40 {sign} are included in 1 euro: 0.60 {sign} of 1.00 {sign} were"
                " used before.",
                f"0.20 {sign} are charged.",
            ],
        )

    def test_money_for_anything_pays_messages_too(self):
        self._create_rate("0.10", usage_type_id=self.sms.id, price_unit=1)
        self._create_money(10, usage_type_id=False, direction=False)
        message = self._add_event(1, usage_type_id=self.sms.id)
        call = self._add_event(60)
        self._rate()
        self._assert_costs(message, 0)
        self._assert_costs(call, 0)

    def test_money_goes_before_the_maximum_spend(self):
        self.tariff.maximum_spend = 1
        self._create_money(2)
        event = self._add_event(400)
        self._rate()
        usage = self._usage(event)
        self.assertEqual(usage["allowance_amount"], 2)
        self.assertEqual(usage["capped_amount"], 1)
        self._assert_costs(event, 1)

    def test_money_is_prorated_to_the_cent(self):
        self._create_money(10, proration="by_day")
        large = self.offering_mobile_large
        large.product_tmpl_id.telecom_tariff_id = self.tariff
        self.subscription.change_offering(large, "2026-10-02")
        event = self._add_event(600, madrid(2026, 10, 1))
        self._rate()
        self.assertEqual(self._usage(event)["allowance_amount"], Decimal("0.32"))
