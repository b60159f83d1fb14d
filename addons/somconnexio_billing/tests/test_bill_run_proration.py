# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .bill_run_common import BillRunCommon

# For each month: first day and last day of the tariff, days billed and what they
# cost at 10.00 a month. None: goes on.
FEBRUARY_28 = (
    ("2026-02-01", None, 28, 10.00),
    ("2026-01-10", "2026-02-01", 1, 0.36),
    ("2026-02-15", None, 14, 5.00),
    ("2026-02-28", None, 1, 0.36),
    ("2026-01-01", "2026-02-27", 27, 9.64),
    ("2026-02-10", "2026-02-12", 3, 1.07),
)
FEBRUARY_29 = (
    ("2024-02-01", None, 29, 10.00),
    ("2024-02-29", None, 1, 0.34),
    ("2024-01-01", "2024-02-28", 28, 9.66),
    ("2024-02-15", "2024-02-29", 15, 5.17),
)
SEPTEMBER_30 = (
    ("2026-08-31", None, 30, 10.00),
    ("2026-09-02", None, 29, 9.67),
    ("2026-09-10", "2026-09-19", 10, 3.33),
    ("2026-09-01", "2026-09-30", 30, 10.00),
    ("2026-09-30", "2026-09-30", 1, 0.33),
)
OCTOBER_31 = (
    ("2026-10-01", None, 31, 10.00),
    ("2026-10-31", None, 1, 0.32),
    ("2026-09-30", "2026-10-30", 30, 9.68),
    ("2026-10-17", "2026-10-31", 15, 4.84),
    ("2026-09-01", "2026-10-01", 1, 0.32),
)
# Amount, days, days of the month, convention, what is owed. The long amounts are a
# hair beside half a cent: the quotient must not be rounded onto it.
SHARES = (
    ("15.15", 1, 30, "days_of_month", "0.51"),
    ("-15.15", 1, 30, "days_of_month", "-0.51"),
    ("15.15", 1, 31, "thirty_days", "0.51"),
    ("15.15", 31, 31, "thirty_days", "15.15"),
    ("15.15", 28, 28, "thirty_days", "15.15"),
    ("15.15", 30, 31, "thirty_days", "15.15"),
    ("15.15", 28, 31, "days_of_month", "13.68"),
    ("15.15", 0, 31, "full_month", "0.00"),
    ("15.15", 1, 31, "full_month", "15.15"),
    ("0.15499999999999999999", 1, 31, "days_of_month", "0.00"),
    ("0.15500000000000000000", 1, 31, "days_of_month", "0.01"),
    ("3100000000.15499999999999999", 1, 31, "days_of_month", "100000000.00"),
    ("3100000000.15500000000000000", 1, 31, "days_of_month", "100000000.01"),
)


@tagged("post_install", "-at_install")
class TestBillRunProration(BillRunCommon):
    """Fees by the day, one-off charges by their date, each once."""

    def _preview(self, month=None, **vals):
        """Return a previewed run of a month, October unless another is given."""
        if month:
            vals["period_start"] = month
        return self._go(self._create_run(**vals), "preview")

    def _post(self, month):
        """Return a posted run of a month."""
        return self._go(self._create_run(period_start=month), "post")

    def _between(self, first, last):
        """Return a subscription in service from a first to a last day."""
        subscription = self._create_subscriber(start=first)
        if last:
            subscription.terminate(self.reason_terminate, last)
        return subscription

    def _add_line(self, subscription, product, day, **vals):
        """Return a new line of a subscription that starts on a day."""
        return self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": product.id,
                "date_start": day,
                **vals,
            }
        )

    def _assert_fees(self, month, table):
        """Check that a run of the month bills each row of the table as it says."""
        subscriptions = [self._between(first, last) for first, last, *_rest in table]
        run = self._preview(month)
        for subscription, row in zip(subscriptions, table, strict=True):
            with self.subTest(row):
                _first, _last, days, amount = row
                self.assertEqual(
                    self._lines(run, subscription), [("fee", days, amount)]
                )

    def test_fee_in_a_month_of_28_days_is_by_the_day(self):
        self._assert_fees("2026-02-01", FEBRUARY_28)

    def test_fee_in_a_month_of_29_days_is_by_the_day(self):
        self._assert_fees("2024-02-01", FEBRUARY_29)

    def test_fee_in_a_month_of_30_days_is_by_the_day(self):
        self._assert_fees("2026-09-01", SEPTEMBER_30)

    def test_fee_in_a_month_of_31_days_is_by_the_day(self):
        self._assert_fees("2026-10-01", OCTOBER_31)

    def test_fee_on_half_a_cent_is_rounded_away_from_zero(self):
        subscription = self._create_subscriber(start="2026-09-16")
        subscription.contract_line_ids.specific_price = 10.05
        run = self._preview("2026-09-01")
        self.assertEqual(self._lines(run), [("fee", 15, 5.03)])

    def test_half_a_cent_of_one_day_is_rounded_away_from_zero(self):
        # 15.15 / 30 is 0.505: a thirtieth rounded before would make it 0.504999…
        subscription = self._create_subscriber(start="2026-09-30")
        subscription.contract_line_ids.specific_price = 15.15
        self.assertEqual(self._lines(self._preview("2026-09-01")), [("fee", 1, 0.51)])

    def test_minimum_on_half_a_cent_is_rounded_away_from_zero(self):
        self.tariff.write(
            {"minimum_spend": 15.15, "minimum_spend_product_id": self.one_shot.id}
        )
        self.offering_mobile.telecom_tariff_id = self.tariff
        self._create_subscriber(start="2026-09-30")
        run = self._preview("2026-09-01")
        minimum = run.line_ids.filtered(lambda line: line.kind == "minimum")
        self.assertEqual(minimum.amount_untaxed, 0.51)

    def test_share_of_a_month_is_exact_by_every_convention(self):
        for amount, days, of_days, method, owed in SHARES:
            with self.subTest(amount=amount, days=days, of=of_days, method=method):
                self.cr.execute(
                    SQL(
                        "SELECT round(telecom_prorate(%s::numeric, %s, %s, %s), 2)"
                        "::text",
                        *(amount, days, of_days, method),
                    )
                )
                self.assertEqual(self.cr.fetchone()[0], owed)

    def test_fee_before_and_after_service_is_not_billed(self):
        self._between("2026-08-01", "2026-09-30")
        self._create_subscriber(start="2026-11-01")
        self.assertFalse(self._preview().line_ids)

    def test_fee_of_part_of_a_month_names_its_days_and_a_whole_one_does_not(self):
        part = self._between("2026-10-05", "2026-10-09")
        whole = self._create_subscriber()
        run = self._preview()
        by_subscription = {line.subscription_id: line for line in run.line_ids}
        self.assertIn("(05/10 – 09/10)", by_subscription[part].name)
        self.assertTrue(by_subscription[part].is_pro_rata)
        self.assertNotIn("(", by_subscription[whole].name)
        self.assertFalse(by_subscription[whole].is_pro_rata)

    def test_tariff_change_bills_each_tariff_its_days(self):
        subscription = self._create_subscriber()
        subscription.change_offering(self.offering_mobile_large, date(2026, 10, 12))
        run = self._preview()
        self.assertEqual(
            self._lines(run, subscription), [("fee", 11, 3.55), ("fee", 20, 12.90)]
        )

    def test_two_tariffs_cut_anywhere_sum_to_the_fee_within_a_rounding_each(self):
        twin = self._create_offering("Same price", 9.99, taxes_id=self.tax_21.ids)
        self.offering_mobile.list_price = 9.99
        account = self._create_billing_account(collection_method="transfer")
        subscriptions = []
        for day in range(2, 32):
            subscription = self._create_subscription(account=account, state="active")
            subscription.change_offering(twin, date(2026, 10, day))
            subscriptions.append(subscription)
        run = self._preview()
        for cut, subscription in enumerate(subscriptions, 1):
            lines = self._lines(run, subscription)
            with self.subTest(cut):
                self.assertEqual([days for _kind, days, _a in lines], [cut, 31 - cut])
                total = sum(amount for _kind, _days, amount in lines)
                self.assertLessEqual(round(abs(total - 9.99), 6), 0.01)

    def test_addon_is_billed_by_the_day_beside_the_tariff(self):
        subscription = self._create_subscriber()
        self._add_line(subscription, self.addon, "2026-10-22")
        run = self._preview()
        self.assertEqual(
            self._lines(run, subscription), [("fee", 31, 10.00), ("fee", 10, 1.61)]
        )

    def test_quantity_and_discount_of_a_line_change_its_fee(self):
        subscription = self._create_subscriber(start="2026-10-16")
        subscription.contract_line_ids.write({"quantity": 2, "discount": 25})
        run = self._preview()
        # 10.00 x 2 x 0.75 x 16 / 31
        self.assertEqual(self._lines(run), [("fee", 16, 7.74)])

    def test_one_off_charges_are_billed_in_the_period_of_their_date(self):
        subscription = self._create_subscriber()
        for day in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"):
            self._add_line(subscription, self.one_shot, day, name=day)
            self._add_line(subscription, self.discount, day, name=day)
        run = self._preview()
        billed = run.line_ids.filtered(lambda line: line.kind != "fee")
        self.assertEqual(
            [(li.kind, str(li.period_from), li.amount_untaxed) for li in billed],
            [
                ("one_shot", "2026-10-01", 3.00),
                ("one_shot", "2026-10-31", 3.00),
                ("discount", "2026-10-01", -4.00),
                ("discount", "2026-10-31", -4.00),
            ],
        )

    def test_discount_lowers_the_bill_whatever_the_sign_of_its_price(self):
        subscription = self._create_subscriber()
        self._add_line(subscription, self.discount, "2026-10-10", specific_price=2.5)
        self._add_line(subscription, self.discount, "2026-10-11", specific_price=-1.5)
        run = self._preview()
        self.assertEqual(
            [amount for kind, _days, amount in self._lines(run) if kind == "discount"],
            [-2.50, -1.50],
        )
        self.assertEqual(run.amount_untaxed, 6.00)

    def test_two_consecutive_months_bill_each_day_and_charge_once(self):
        subscription = self._create_subscriber(start="2026-09-11")
        for day in ("2026-09-30", "2026-10-01"):
            self._add_line(subscription, self.one_shot, day)
        subscription.change_offering(self.offering_mobile_large, date(2026, 10, 12))
        september, october = self._post("2026-09-01"), self._post("2026-10-01")
        self.assertEqual(
            self._lines(september), [("fee", 20, 6.67), ("one_shot", 1, 3.00)]
        )
        self.assertEqual(
            self._lines(october),
            [("fee", 11, 3.55), ("fee", 20, 12.90), ("one_shot", 1, 3.00)],
        )
        self.assertEqual(
            self._billed_days(september | october),
            [date(2026, 9, 11) + timedelta(days=day) for day in range(51)],
        )

    def _billed_days(self, runs):
        """Return every day that a fee of the runs bills, once for each time."""
        fees = runs.line_ids.filtered(lambda line: line.kind == "fee")
        return sorted(
            fee.period_from + timedelta(days=day)
            for fee in fees
            for day in range((fee.period_to - fee.period_from).days)
        )

    def test_month_after_part_of_it_was_billed_bills_the_other_days(self):
        subscription = self._create_subscriber()
        account = subscription.telecom_billing_account_id
        extra = self._create_run(
            kind="off_cycle",
            only_account_ids=[Command.set(account.ids)],
            period_start="2026-10-10",
            period_end="2026-10-16",
        )
        self._go(extra, "post")
        month = self._post("2026-10-01")
        self.assertEqual(self._lines(extra), [("fee", 6, 1.94)])
        self.assertEqual(self._lines(month), [("fee", 9, 2.90), ("fee", 16, 5.16)])

    def test_run_over_two_months_counts_the_days_of_each(self):
        subscription = self._create_subscriber(start="2026-09-16")
        account = subscription.telecom_billing_account_id
        run = self._preview(
            "2026-09-01",
            kind="off_cycle",
            only_account_ids=[Command.set(account.ids)],
            period_end="2026-10-11",
        )
        self.assertEqual(self._lines(run), [("fee", 15, 5.00), ("fee", 10, 3.23)])
