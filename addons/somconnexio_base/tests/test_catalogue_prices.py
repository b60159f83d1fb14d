# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY

FIRST = "2026-12-01"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCataloguePrices(CatalogueCommon):
    """The mobile goes from 10 to 12 on the first of December."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_billing_account()
        cls.usual = cls._create_member()
        cls.special = cls._create_member()
        cls.special.contract_line_ids.price_unit = 9
        cls.change = cls.env["telecom.price.change"].create(
            {
                "name": "2027",
                "date": FIRST,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "product_tmpl_id": cls.single.product_tmpl_id.id,
                            "new_price": 12,
                        },
                    )
                ],
            }
        )

    def _prices(self, subscription):
        lines = subscription.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind == "tariff"
        )
        return [
            (line.price_unit, str(line.date_start), str(line.date_end or ""))
            for line in lines.sorted("date_start")
        ]

    def test_old_price_is_the_catalogues(self):
        self.assertEqual(self.change.item_ids.old_price, 10)

    def test_lines_at_the_old_price_go_on_at_the_new(self):
        self.change.action_plan()
        self.assertEqual(
            self._prices(self.usual),
            [(10, "2026-09-01", "2026-11-30"), (12, FIRST, "")],
        )
        self.assertEqual(self._prices(self.special), [(9, "2026-09-01", "")])
        self.assertEqual(self.change.line_count, 1)
        self.assertEqual(self.usual.telecom_offering_id, self.single)
        successor = self.change.line_ids.successor_line_id
        self.assertEqual(successor.recurring_next_date, self._day(FIRST))
        self.assertEqual(successor.name, self.usual.contract_line_ids[:1].name)

    def test_new_lines_have_the_price_of_their_first_day(self):
        self.change.action_plan()
        other = self._create_member(self.offering_mobile_large)
        other.change_offering(self.single, self._day("2026-11-30"))
        self.assertEqual(other._tariff_in_force(self._day("2026-11-30")).price_unit, 10)
        other.change_offering(self.single, self._day(FIRST))
        self.assertEqual(other._tariff_in_force(self._day(FIRST)).price_unit, 12)

    def test_line_planned_for_later_gets_the_new_price(self):
        later = self._create_member(self.offering_mobile_large)
        later.change_offering(self.single, self._day("2026-12-15"))
        self.change.action_plan()
        self.assertEqual(self._prices(later)[-1], (12, "2026-12-15", ""))
        self.change.action_cancel()
        self.assertEqual(self._prices(later)[-1], (10, "2026-12-15", ""))

    def test_change_taken_back_leaves_everything_as_it_was(self):
        before = self._prices(self.usual)
        self.change.action_plan()
        self.change.action_cancel()
        self.assertEqual(self._prices(self.usual), before)
        self.assertEqual(self.change.state, "cancelled")
        self.assertFalse(self.change.line_ids)
        prices = self.single.product_tmpl_id._telecom_prices_on(
            self._day("2027-01-01"), self.company
        )
        self.assertEqual(prices[self.single.product_tmpl_id.id], 10)

    def test_end_planned_in_between_stays_when_it_is_taken_back(self):
        self.change.action_plan()
        self.usual.terminate(self.reason_terminate, self._day("2026-12-20"))
        self.change.action_cancel()
        self.assertEqual(self._prices(self.usual), [(10, "2026-09-01", "2026-12-20")])

    def test_prices_for_new_subscriptions_only_leave_the_lines(self):
        self.change.is_for_running = False
        self.change.action_plan()
        self.assertEqual(self._prices(self.usual), [(10, "2026-09-01", "")])

    def test_second_change_goes_on_from_the_first(self):
        self.change.action_plan()
        second = self.change.copy({"date": "2027-06-01"})
        second.item_ids.new_price = 13
        self.assertEqual(second.item_ids.old_price, 12)
        second.action_plan()
        self.assertEqual(
            [price for price, *_days in self._prices(self.usual)], [10, 12, 13]
        )

    def test_change_that_cannot_be_planned_says_why(self):
        with self.assertRaisesRegex(UserError, "a draft with one price"):
            self.change.copy({"item_ids": []}).action_plan()
        self.change.date = TODAY
        with self.assertRaisesRegex(UserError, "from a day to come"):
            self.change.action_plan()
        with self.assertRaisesRegex(UserError, "is not planned"):
            self.change.action_cancel()
        self.change.date = FIRST
        self.change.action_plan()
        with self.assertRaisesRegex(UserError, "kept as history"):
            self.change.unlink()
        with freeze_time("2026-12-01 10:00:00"):
            with self.assertRaisesRegex(UserError, "its day has come"):
                self.change.action_cancel()

    def test_planning_takes_the_same_queries_for_many_lines(self):
        few = self._count_queries(self.change._plan_lines)
        self.change._run("25_take_back_lines")
        self.change._run("27_delete_plan")
        self.change._lines_changed()
        for _i in range(8):
            self._create_member()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertLessEqual(self._count_queries(self.change._plan_lines), few + 1)
        self.change.invalidate_recordset()
        self.assertEqual(self.change.line_count, 9)

    def test_holders_are_told_once(self):
        with self.assertRaisesRegex(UserError, "before you announce"):
            self.change.action_announce()
        self._create_member()
        self.change.action_plan()
        self.change.action_announce()
        self.change.action_announce()
        notices = self.env["telecom.notice"].search(
            [("kind_id.code", "=", "price_change"), ("res_id", "=", self.change.id)]
        )
        self.assertEqual(notices.partner_id, self.partner)
        self.assertEqual(len(notices), 1)
