# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import sql_steps
from ..models.bill_run.checks import BY_CODE, CHECKS
from .bill_run_checks_common import BillRunChecksCommon
from .mediation_common import NUMBER, wholesale_line

#: The instant that BillRunCommon's rated usage starts at, in Madrid.
RATED_DAY = {"FECHA": "05/10/2026", "HORA": "12:00:00"}


@tagged("post_install", "-at_install")
class TestBillRunChecks(BillRunChecksCommon):
    """Every control is green for a sound run and red for the fault it looks for."""

    # ---- the whole

    def test_every_control_has_its_file(self):
        files = {path.stem for path in (sql_steps.SQL_FOLDER / "checks").glob("*.sql")}
        self.assertEqual(files, set(BY_CODE))
        self.assertEqual(len(BY_CODE), len(CHECKS))

    def test_sound_run_passes_every_control(self):
        self._add_usage(self.subscription, "2.00")
        self._go(self._create_run(period_start="2026-09-01"), "post")
        type(self).usage = []
        run = self._rated_run(wholesale_line(**RATED_DAY))
        self._insert_rated(
            self._event().id, self.subscription, self.category_calls, "1.5", run
        )
        for code in ("check", "preview", "invoice", "post"):
            getattr(run, f"action_{code}")()
        self.assertEqual(run.rated_count, 1)
        self.assertEqual((run.file_count, run.row_count, run.event_count), (1, 1, 1))
        self.assertEqual(set(run.check_ids.mapped("code")), set(BY_CODE))
        failed = run.check_ids.filtered(lambda check: check.state == "fail")
        self.assertFalse(failed.mapped("code"))

    # ---- before the preview

    def test_file_that_lost_a_row_stops_the_run(self):
        run = self._rated_run(wholesale_line(ORIGEN="699999999"))
        file = run.usage_file_ids
        file.row_count += 1
        run.action_check()
        self._assert_red(self._check(run, "file_rows_lost"), f"{file.name}: 2 <> 1")
        run.action_preview()
        self._assert_stopped(run, "file_rows_lost")
        file.row_count -= 1
        run.action_preview()
        self.assertEqual(self._check(run, "file_rows_lost").state, "pass")
        run.action_invoice()
        self.assertEqual(run.state, "invoiced")

    def test_rejected_row_is_no_lost_row(self):
        self._receive(*[wholesale_line(ORIGEN="699999999")] * 2)
        run = self._go(self._create_run(), "check")
        self.assertEqual((run.row_count, run.duplicate_count), (2, 1))
        self.assertEqual(self._check(run, "file_rows_lost").state, "pass")

    def test_file_that_waits_is_shown(self):
        run = self._rated_run()
        file = self._receive(wholesale_line())
        run.action_check()
        self._assert_red(self._check(run, "file_not_loaded"), f"{file.name}: received")

    def test_usage_of_an_unknown_number_is_shown(self):
        run = self._rated_run(wholesale_line(ORIGEN="699999999"))
        run.action_check()
        self._assert_red(self._check(run, "usage_suspended"), "34699999999")
        self.assertFalse(run.is_blocked)

    def test_usage_without_a_price_holds_its_account(self):
        run = self._rated_run(wholesale_line())
        self._execute(
            "UPDATE telecom_usage_event SET state = 'received', reason = 'no_rate'"
            " WHERE id = %s",
            self._event().id,
        )
        run.action_check()
        self._assert_red(self._check(run, "usage_unrated"), "no_rate")
        self._assert_held(run, "usage_unrated")

    def test_guided_usage_that_is_not_rated_stops_the_run(self):
        run = self._rated_run(wholesale_line())
        run.action_check()
        self._assert_red(self._check(run, "usage_not_rated"), NUMBER)
        run.action_preview()
        self._assert_stopped(run, "usage_not_rated")

    def test_rated_usage_whose_rate_is_gone_stops_the_run(self):
        self._add_usage(self.subscription, "1")
        run = self._rated_run()
        self._execute(
            "UPDATE telecom_rated_usage SET rate_id = 0 WHERE bill_run_id = %s", run.id
        )
        run.action_check()
        self._assert_red(self._check(run, "rated_without_rate"), NUMBER)
        run.action_preview()
        self._assert_stopped(run, "rated_without_rate")

    def test_subscription_without_billing_account_is_shown(self):
        self._execute(
            "UPDATE contract_contract SET telecom_billing_account_id = NULL"
            " WHERE id = %s",
            self.other.id,
        )
        run = self._rated_run()
        run.action_check()
        self._assert_red(
            self._check(run, "subscription_without_account"), self.other.code
        )

    def test_subscription_without_tariff_holds_its_account(self):
        self._add_line(self.addon, "2026-09-01")
        tariff = self.subscription.contract_line_ids.filtered(
            lambda line: line.telecom_line_kind == "tariff"
        )
        tariff.date_end = "2026-09-30"
        run = self._rated_run()
        run.action_check()
        self._assert_red(
            self._check(run, "subscription_without_tariff"), self.subscription.code
        )
        self._assert_held(run, "subscription_without_tariff")

    def test_direct_debit_without_iban_is_shown(self):
        self.account.collection_method = "direct_debit"
        run = self._rated_run()
        run.action_check()
        self._assert_red(
            self._check(run, "direct_debit_without_iban"), self.account.code
        )

    # ---- of the preview

    def test_day_without_fee_holds_its_account(self):
        run = self._go(self._create_run(), "preview")
        fee = run.line_ids.filtered(lambda li: li.subscription_id == self.subscription)
        self._execute(
            "UPDATE telecom_bill_run_line SET period_to = '2026-10-31' WHERE id = %s",
            fee.id,
        )
        self._assert_red(self._recheck(run, "fee_missing"), "30 / 31")
        self._assert_held(run, "fee_missing")

    def test_usage_that_is_not_on_the_bill_stops_the_run(self):
        self._add_usage(self.subscription, "1.234", "2.344")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._check(run, "usage_not_on_bill").state, "pass")
        self._execute(
            "UPDATE telecom_bill_run_line SET amount_untaxed = amount_untaxed + 0.01"
            " WHERE run_id = %s AND kind = 'usage'",
            run.id,
        )
        self._assert_red(self._recheck(run, "usage_not_on_bill"), self.account.code)
        self._assert_stopped(run, "usage_not_on_bill")

    def test_usage_whose_line_lacks_an_event_stops_the_run(self):
        self._add_usage(self.subscription, "1", "0")
        run = self._go(self._create_run(), "preview")
        self._execute(
            "UPDATE telecom_bill_run_line SET event_count = 1"
            " WHERE run_id = %s AND kind = 'usage'",
            run.id,
        )
        self._assert_red(self._recheck(run, "usage_not_on_bill"), self.account.code)

    def test_line_without_product_holds_its_account(self):
        run = self._go(self._create_run(), "preview")
        self._execute(
            "UPDATE telecom_bill_run_line SET product_id = NULL"
            " WHERE run_id = %s AND subscription_id = %s",
            run.id,
            self.subscription.id,
        )
        self._assert_red(self._recheck(run, "line_without_product"), "Mobile small")
        self._assert_held(run, "line_without_product")

    def test_line_without_tax_is_shown(self):
        self.addon.taxes_id = False
        self._add_line(self.addon)
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "line_without_tax"), "Fixed IP")

    def test_bill_below_zero_is_held(self):
        self._add_line(self.discount, specific_price=50)
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "bill_negative"), "-48.40")
        self._assert_held(run, "bill_negative")

    def test_usage_far_above_the_limit_is_held(self):
        self.company.telecom_bill_shock_amount = 100
        self._add_usage(self.subscription, "100.01")
        self._add_usage(self.other, "100.00")
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "bill_shock"), "100.01 / 0.00")
        self._assert_held(run, "bill_shock")
        self.assertEqual(self._account(run, self.other).state, "pending")

    def test_usage_is_never_too_high_when_no_limit_is_set(self):
        self.company.telecom_bill_shock_amount = 0
        self._add_usage(self.subscription, "5000")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._check(run, "bill_shock").state, "pass")

    def test_usage_is_compared_with_the_average_of_three_months(self):
        self.company.telecom_bill_shock_amount = 100
        self._add_usage(self.subscription, "90")
        self._add_usage(self.other, "90")
        self._go(self._create_run(period_start="2026-09-01"), "post")
        # Three times (90 + 0 + 0) / 3 is 90: the limit of 100 counts.
        self._add_usage(self.subscription, "100.01")
        self._add_usage(self.other, "99")
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "bill_shock"), "100.01 / 30.00")

    def test_usual_high_usage_is_not_held(self):
        self.company.telecom_bill_shock_amount = 10
        self._add_usage(self.subscription, "9", "0.99")
        self._go(self._create_run(period_start="2026-09-01"), "post")
        self.company.telecom_bill_shock_amount = 5
        self._add_usage(self.subscription, "9.99")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._check(run, "bill_shock").state, "pass")
        self._add_usage(self.subscription, "0.01")
        run.action_rate()
        run.action_check()
        run.action_preview()
        self._assert_red(self._check(run, "bill_shock"), "10.00 / 3.33")

    def test_subscription_whose_usage_stopped_is_shown(self):
        self._add_usage(self.subscription, "1")
        self._go(self._create_run(period_start="2026-09-01"), "post")
        type(self).usage = []
        run = self._go(self._create_run(), "preview")
        self._assert_red(self._check(run, "usage_missing"), self.subscription.code)

    def test_days_of_the_month_before_without_bill_are_shown(self):
        self._go(self._create_run(period_start="2026-09-01"), "post")
        late = self._create_subscriber(start="2026-09-21", name="Late")
        charge = self._add_line(self.one_shot, "2026-09-30")
        run = self._go(self._create_run(), "preview")
        result = self._check(run, "earlier_days_unbilled")
        self._assert_red(result, f"{late.code} Mobile small: 0 / 10", rows=2)
        self.assertIn(f"{charge.name}: 0 / 1", result.sample_text)

    # ---- of the bills

    def test_account_that_waits_after_the_bills_stops_the_run(self):
        run = self._go(self._create_run(), "invoice")
        bill = self._account(run, self.subscription)
        bill.sudo().write({"state": "pending"})
        self._assert_red(self._recheck(run, "bill_missing"), self.account.code)
        with self.assertRaisesRegex(UserError, "is stopped by its controls"):
            run.action_post()

    def test_second_bill_of_a_run_stops_it(self):
        run = self._go(self._create_run(), "invoice")
        stranger = self._create_billing_account()
        extra = run.move_ids[:1].copy(
            {
                "telecom_bill_run_id": run.id,
                "telecom_billing_account_id": stranger.id,
            }
        )
        result = self._recheck(run, "bill_twice")
        self._assert_red(result, rows=1)
        self.assertEqual(result.sample[0]["res_id"], extra.id)
        with self.assertRaisesRegex(UserError, "is stopped by its controls"):
            run.action_post()

    def test_bill_changed_by_hand_stops_the_run_until_it_is_undone(self):
        run = self._go(self._create_run(), "invoice")
        line = self._account(run, self.subscription).move_id.invoice_line_ids
        line.price_unit = 10.01
        run.action_invoice()
        self._assert_red(
            self._check(run, "preview_differs"), "10.00 + 2.10 <> 10.01 + 2.10"
        )
        with self.assertRaisesRegex(UserError, "equal to its preview"):
            run.action_post()
        line.price_unit = 10.00
        run.action_invoice()
        run.action_post()
        self.assertEqual(run.state, "posted")

    def test_bill_held_before_posting_is_shown(self):
        run = self._go(self._create_run(), "invoice")
        held = self._account(run, self.subscription).sudo()
        held._hold("error", "No address")
        run.action_post()
        self.assertEqual(run.state, "posted")
        self._assert_red(
            self._check(run, "bill_not_posted"), f"{self.account.code}: No address"
        )
        held.release("Looked at")
        run.action_post()
        self.assertEqual(held.move_id.state, "posted")
        self.assertEqual(self._check(run, "bill_not_posted").state, "pass")
