# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from freezegun import freeze_time

from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunProRata(BillRunCommon):
    """Fees by day: price x days / days of the civil month, rounded half up."""

    def _preview(self, period_start):
        run = self._create_run(period_start=period_start)
        return self._go(run, "preview")

    def test_fee_by_month_length_is_the_price_times_its_share_of_days(self):
        # first day of service, last day of service, days billed, fee of 10.00
        cases = [
            ("2026-02-01", "2026-01-15", False, 28, "10.00"),
            ("2026-02-01", "2026-02-10", False, 19, "6.79"),
            ("2028-02-01", "2028-02-10", False, 20, "6.90"),
            ("2028-02-01", "2028-02-29", False, 1, "0.34"),
            ("2026-09-01", "2026-09-11", False, 20, "6.67"),
            ("2026-09-01", "2026-09-01", "2026-09-01", 1, "0.33"),
            ("2026-10-01", "2026-10-31", False, 1, "0.32"),
            ("2026-10-01", "2026-09-01", "2026-10-30", 30, "9.68"),
            ("2026-10-01", "2026-10-05", "2026-10-20", 16, "5.16"),
            ("2026-10-01", "2026-09-30", "2026-10-01", 1, "0.32"),
        ]
        for period_start, first, last, days, fee in cases:
            with self.subTest(period_start=period_start, first=first, last=last):
                with freeze_time(f"{last or first} 10:00:00"):
                    subscription = self._create_subscriber(start=first)
                    if last:
                        subscription.terminate(self.reason_terminate, last)
                run = self._preview(period_start)
                self.assertEqual(
                    self._lines(run, subscription), [("fee", days, float(fee))]
                )
                run.action_cancel()

    def test_fee_of_every_possible_day_is_rounded_half_up(self):
        price = Decimal("7.43")
        subscriptions = []
        for day in range(1, 32):
            self.offering_mobile.list_price = float(price)
            start = date(2026, 10, day).isoformat()
            subscriptions.append(self._create_subscriber(start=start))
        run = self._preview("2026-10-01")
        for day, subscription in enumerate(subscriptions, start=1):
            days = 32 - day
            fee = (price * days / 31).quantize(Decimal("0.01"), ROUND_HALF_UP)
            self.assertEqual(
                self._lines(run, subscription), [("fee", days, float(fee))], day
            )

    def test_tariff_changed_in_the_month_bills_both_by_their_days(self):
        subscription = self._create_subscriber(start="2026-09-01")
        subscription.change_offering(self.offering_mobile_large, "2026-10-11")
        run = self._preview("2026-10-01")
        self.assertEqual(
            self._lines(run, subscription), [("fee", 10, 3.23), ("fee", 21, 13.55)]
        )

    def test_tariff_changed_on_the_first_bills_the_new_one_only(self):
        subscription = self._create_subscriber(start="2026-09-01")
        subscription.change_offering(self.offering_mobile_large, "2026-10-01")
        run = self._preview("2026-10-01")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 20.0)])

    def test_addon_is_billed_by_its_own_days(self):
        subscription = self._create_subscriber(start="2026-09-01")
        self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": self.addon.id,
                "date_start": "2026-10-16",
            }
        )
        run = self._preview("2026-10-01")
        self.assertEqual(
            self._lines(run, subscription), [("fee", 31, 10.0), ("fee", 16, 2.58)]
        )

    def test_one_shot_is_billed_whole_in_the_month_of_its_date(self):
        subscription = self._create_subscriber(start="2026-09-01")
        for day in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"):
            self.env["contract.line"].create(
                {
                    "contract_id": subscription.id,
                    "product_id": self.one_shot.id,
                    "date_start": day,
                }
            )
        run = self._preview("2026-10-01")
        self.assertEqual(
            self._lines(run, subscription),
            [("fee", 31, 10.0), ("one_shot", 1, 3.0), ("one_shot", 1, 3.0)],
        )

    def test_discount_lowers_the_bill_whatever_its_sign(self):
        subscription = self._create_subscriber(start="2026-09-01")
        for price in (4, -1.5):
            self.env["contract.line"].create(
                {
                    "contract_id": subscription.id,
                    "product_id": self.discount.id,
                    "date_start": "2026-10-12",
                    "specific_price": price,
                }
            )
        run = self._preview("2026-10-01")
        self.assertEqual(
            self._lines(run, subscription),
            [("fee", 31, 10.0), ("discount", 1, -4.0), ("discount", 1, -1.5)],
        )

    def test_quantity_and_percentage_of_a_line_count(self):
        subscription = self._create_subscriber(start="2026-09-01")
        tariff = subscription.contract_line_ids
        tariff.write({"quantity": 3, "discount": 12.5})
        run = self._preview("2026-10-01")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 26.25)])

    def test_price_of_the_line_counts_not_that_of_the_catalogue(self):
        subscription = self._create_subscriber(start="2026-09-01")
        self.offering_mobile.list_price = 99
        run = self._preview("2026-10-01")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 10.0)])

    def test_price_from_the_pricelist_counts_where_the_line_asks_for_it(self):
        subscription = self._create_subscriber(start="2026-09-01")
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Members",
                "item_ids": [
                    (0, 0, {"compute_price": "fixed", "fixed_price": 6.2}),
                ],
            }
        )
        subscription.pricelist_id = pricelist
        subscription.contract_line_ids.automatic_price = True
        run = self._preview("2026-10-01")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 6.2)])

    def test_suspended_subscription_pays_its_fee(self):
        subscription = self._create_subscriber(start="2026-09-01", state="suspended")
        run = self._preview("2026-10-01")
        self.assertEqual(self._lines(run, subscription), [("fee", 31, 10.0)])

    def test_name_of_a_part_of_a_month_tells_its_days(self):
        subscription = self._create_subscriber(start="2026-10-05")
        run = self._preview("2026-10-01")
        number = subscription.main_resource_name
        self.assertEqual(run.line_ids.name, f"Mobile small · {number} (05/10 – 31/10)")
        self.assertTrue(run.line_ids.is_pro_rata)

    def test_off_cycle_period_across_months_bills_each_by_its_own_length(self):
        subscription = self._create_subscriber(start="2026-09-01")
        account = subscription.telecom_billing_account_id
        run = self._create_run(
            kind="off_cycle",
            period_start="2026-09-16",
            period_end="2026-10-16",
            only_account_ids=account.ids,
        )
        self._go(run, "preview")
        self.assertEqual(
            self._lines(run, subscription), [("fee", 15, 5.0), ("fee", 15, 4.84)]
        )
