# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Allowances that last: bought once, or rolled over from month to month."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .rating_common import madrid
from .rating_waterfall_common import WaterfallCommon

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


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
