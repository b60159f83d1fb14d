# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Allowances one after the other: waterfall, shares, one-shots, money, rollover."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rating_common import FIXED, RatingCommon, madrid

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


class WaterfallCommon(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = cls._create_rate("0.60")

    def _covered(self, event_id):
        return self._usage(event_id)["allowance_quantity"]

    def _balances(self, allowance):
        """Return (month, origin, granted, used) of an allowance, in order."""
        self.env.invalidate_all()
        balances = self.env["telecom.allowance.balance"].search(
            [("allowance_id", "=", allowance.id)]
        )
        return sorted(
            (
                str(balance.month_date or ""),
                str(balance.origin_date or ""),
                balance.granted,
                balance.used,
            )
            for balance in balances
        )


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
class TestRatingOneShot(WaterfallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bond = cls._create_allowance(0, is_one_shot=True, is_unlimited=False)

    def test_one_shot_covers_what_starts_while_it_is_valid(self):
        self._create_grant(
            self.bond, 100, madrid(2026, 10, 5, 12), madrid(2026, 10, 6, 12)
        )
        events = [
            self._add_event(60, instant)
            for instant in (
                madrid(2026, 10, 5, 11, 59, 59),
                madrid(2026, 10, 5, 12),
                madrid(2026, 10, 6, 11, 59, 59),
                madrid(2026, 10, 6, 12),
            )
        ]
        self._rate()
        self.assertEqual([self._covered(event) for event in events], [0, 60, 40, 0])

    def test_one_shot_counts_once_across_months(self):
        grant = self._create_grant(self.bond, 100, madrid(2026, 10, 20))
        october = self._add_event(60, madrid(2026, 10, 25))
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        november = self._add_event(60, madrid(2026, 11, 5))
        self._rate(*NOVEMBER)
        self.assertEqual(self._covered(october), 60)
        self.assertEqual(self._covered(november), 40)
        self.assertEqual(self._balances(self.bond), [("", "", 100, 100)])
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            grant.unlink()

    def test_one_shot_and_rollover_wait_for_each_other_month_by_month(self):
        monthly = self._create_allowance(100, rollover_months=2)
        self._create_grant(self.bond, 100, madrid(2026, 9, 1), madrid(2026, 11, 15))
        september = self._add_event(90, madrid(2026, 9, 10))
        october = self._add_event(150, madrid(2026, 10, 10))
        self._rate()
        # The one-shot expires before September's own (end of November), but after
        # what would come from August (end of October).
        self.assertEqual(
            [draw[:3] for draw in self._draws(september)], [(self.bond.id, 90, 0)]
        )
        self.assertEqual(
            [(draw[0], draw[1], draw[3]) for draw in self._draws(october)],
            [
                (self.bond.id, 10, ""),
                (monthly.id, 100, "2026-09-01"),
                (monthly.id, 40, "2026-10-01"),
            ],
        )

    def test_what_expires_first_goes_first(self):
        monthly = self._create_allowance(100)
        self._create_grant(self.bond, 50, madrid(2026, 10, 1), madrid(2026, 10, 20))
        early = self._add_event(80, madrid(2026, 10, 5))
        self._rate()
        self.assertEqual(
            [draw[:2] for draw in self._draws(early)],
            [(self.bond.id, 50), (monthly.id, 30)],
        )
        self._create_grant(self.bond, 50, madrid(2026, 10, 1))
        later = self._add_event(90, madrid(2026, 10, 21))
        self._rate()
        self.assertEqual(
            [draw[:2] for draw in self._draws(later)],
            [(monthly.id, 70), (self.bond.id, 20)],
        )

    def test_one_shot_is_not_given_each_month(self):
        event = self._add_event(60)
        self._rate()
        self.assertEqual(self._covered(event), 0)

    def test_only_one_shot_allowances_are_granted(self):
        monthly = self._create_allowance(100)
        with self.assertRaisesRegex(UserError, "given each month"):
            self._create_grant(monthly, 10, madrid(2026, 10, 1))


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


@tagged("post_install", "-at_install")
class TestRatingRollover(WaterfallCommon):
    def _use(self, month, quantity):
        return self._add_event(quantity, madrid(2026, month, 10))

    def _rate_from_september(self):
        self._rate(date(2026, 9, 1), date(2026, 12, 1))

    def test_rest_of_a_month_is_drawn_first_in_the_next(self):
        allowance = self._create_allowance(100, rollover_months=1)
        self._use(9, 70)
        event = self._use(10, 50)
        self._rate()
        self.assertEqual(
            self._draws(event),
            [(allowance.id, 30, 0, "2026-09-01"), (allowance.id, 20, 0, "2026-10-01")],
        )
        self.assertEqual(
            self._balances(allowance)[-2:],
            [
                ("2026-10-01", "2026-09-01", 30, 30),
                ("2026-10-01", "2026-10-01", 100, 20),
            ],
        )
        self.assertIn("of September 2026", self._explanation(event)[2])

    def test_rest_is_gone_after_its_months(self):
        self._create_allowance(100, rollover_months=1)
        november = self._use(11, 250)
        self._rate(*NOVEMBER)
        # October's and November's; September's has expired.
        self.assertEqual(self._covered(november), 200)

    def test_rest_of_two_months_ago_is_used_before_last_months(self):
        allowance = self._create_allowance(100, rollover_months=2)
        self._use(9, 40)
        self._use(10, 30)
        november = self._use(11, 180)
        self._rate(*NOVEMBER)
        self.assertEqual(
            [(draw[3], draw[1]) for draw in self._draws(november)],
            [("2026-09-01", 30), ("2026-10-01", 100), ("2026-11-01", 50)],
        )
        self.assertEqual(allowance.rollover_months, 2)

    def test_limit_drops_the_oldest_first(self):
        self._create_allowance(100, rollover_months=2, rollover_limit=130)
        november = self._use(11, 300)
        self._rate(*NOVEMBER)
        self.assertEqual(
            [(draw[3], draw[1]) for draw in self._draws(november)],
            [("2026-09-01", 30), ("2026-10-01", 100), ("2026-11-01", 100)],
        )

    def test_month_without_usage_rolls_over_whole(self):
        self._create_allowance(100, rollover_months=1)
        october = self._use(10, 150)
        self._rate()
        self.assertEqual(self._covered(october), 150)

    def test_rolled_usage_on_a_bill_is_not_given_twice(self):
        self._create_allowance(100, rollover_months=1)
        self._use(9, 40)
        september = self._create_run(date(2026, 9, 1))
        self._rate(date(2026, 9, 1), date(2026, 10, 1), run=september)
        self._invoice(september)
        self._use(10, 50)
        october = self._create_run()
        self._rate(run=october)
        self._invoice(october)
        # Of September's 100: 40 in September, 50 in October; 10 are left.
        late = self._use(9, 30)
        self._rate(*NOVEMBER)
        self.assertEqual(self._covered(late), 10)

    def test_rating_month_by_month_gives_the_same(self):
        self._create_allowance(100, rollover_months=2, rollover_limit=120)
        events = [self._use(9, 10), self._use(10, 20), self._use(11, 300)]
        self._rate(date(2026, 9, 1), date(2026, 10, 1))
        self._rate()
        self._rate(*NOVEMBER)
        by_month = [self._draws(event) for event in events]
        self._rate_from_september()
        self.assertEqual([self._draws(event) for event in events], by_month)
        self.assertEqual(
            [(draw[3], draw[1]) for draw in by_month[2]],
            [("2026-09-01", 20), ("2026-10-01", 100), ("2026-11-01", 100)],
        )
