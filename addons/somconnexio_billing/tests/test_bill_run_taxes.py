# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command
from odoo.tests import tagged

from .bill_run_common import BillRunCommon

ROUNDING_METHODS = ("round_per_line", "round_globally")


@tagged("post_install", "-at_install")
class TestBillRunTaxes(BillRunCommon):
    """The taxes of the preview are those of the posted bill, to the cent."""

    def _subscriber_with_usage(self, *amounts, **vals):
        """Return a subscriber with a usage line of each amount, besides the fee."""
        subscription = self._create_subscriber(**vals)
        for number, amount in enumerate(amounts):
            category = self._create_category(f"Kind {subscription.id} {number}", number)
            self._add_usage(subscription, amount, category=category)
        return subscription

    def _post(self, method="round_globally"):
        """Return a run posted under a rounding method of taxes."""
        self.company.tax_calculation_rounding_method = method
        return self._go(self._create_run(), "post")

    def _previewed_taxes(self, account):
        """Return ``{tax: (base, amount)}`` of a previewed bill."""
        return {
            tax.tax_id: (tax.amount_base, tax.amount_tax)
            for tax in account.tax_line_ids
        }

    def _posted_taxes(self, account):
        """Return ``{tax: (base, amount)}`` of the journal items of a bill."""
        return {
            line.tax_line_id: (abs(line.tax_base_amount), -line.balance)
            for line in account.move_id.line_ids.filtered("tax_line_id")
        }

    def _assert_previewed_as_posted(self, run):
        """Check each bill of a run against its preview, tax by tax."""
        self.assertEqual(run.state, "posted")
        for account in run.account_ids:
            move = account.move_id
            self.assertEqual(move.state, "posted")
            self.assertEqual(
                (account.amount_untaxed, account.amount_tax, account.amount_total),
                (move.amount_untaxed, move.amount_tax, move.amount_total),
            )
            charged = {
                tax: values
                for tax, values in self._previewed_taxes(account).items()
                if values[1]
            }
            self.assertEqual(charged, self._posted_taxes(account))
        self.assertEqual(run.difference, 0)
        differs = run.check_ids.filtered(lambda check: check.code == "preview_differs")
        self.assertEqual(differs.state, "pass")

    def test_taxes_rounded_per_line_are_posted_as_previewed(self):
        subscription = self._subscriber_with_usage("0.07", "0.07", "0.07")
        run = self._post("round_per_line")
        # 2.10 + 3 x round(0.0147)
        self.assertEqual(self._account(run, subscription).amount_tax, 2.13)
        self._assert_previewed_as_posted(run)

    def test_taxes_rounded_globally_are_posted_as_previewed(self):
        subscription = self._subscriber_with_usage("0.07", "0.07", "0.07")
        run = self._post("round_globally")
        # round(10.21 x 0.21)
        self.assertEqual(self._account(run, subscription).amount_tax, 2.14)
        self._assert_previewed_as_posted(run)

    def test_many_amounts_are_posted_as_previewed_under_both_methods(self):
        amounts = [f"{cents / 100:.2f}" for cents in range(1, 200, 9)]
        for number in range(4):
            self._subscriber_with_usage(*amounts[number::4], name=f"Payer {number}")
        for method in ROUNDING_METHODS:
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                run = self._go(self._create_run(), "invoice")
                self.assertEqual(run.difference, 0)
                differs = [
                    account.billing_account_id.code
                    for account in run.account_ids
                    if account.amount_tax != account.move_id.amount_tax
                ]
                self.assertFalse(differs)
                run.action_cancel()

    def test_tax_on_half_a_cent_is_posted_as_previewed_under_both_methods(self):
        # 21 % of each is a whole number of cents and a half.
        for amount in ("0.50", "1.50", "2.50", "4.50", "14.50", "71.50"):
            self._subscriber_with_usage(amount, name=f"Pays {amount}")
        # Together the fee and these lie on half a cent, none of the lines does.
        self._subscriber_with_usage("0.23", "0.27", name="Pays two")
        for method in ROUNDING_METHODS:
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                run = self._go(self._create_run(), "invoice")
                for account in run.account_ids:
                    self.assertEqual(account.amount_tax, account.move_id.amount_tax)
                run.action_cancel()

    def test_account_on_the_islands_pays_igic_instead(self):
        subscription = self._subscriber_with_usage("1.00", position=self.position_igic)
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual(self._previewed_taxes(account), {self.tax_igic: (11.0, 0.77)})
        self.assertEqual(account.move_id.fiscal_position_id, self.position_igic)
        self._assert_previewed_as_posted(run)

    def test_exempt_account_pays_no_tax_and_says_so(self):
        subscription = self._create_subscriber(position=self.position_exempt)
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual(self._previewed_taxes(account), {self.tax_exempt: (10.0, 0.0)})
        self.assertEqual(account.move_id.invoice_line_ids.tax_ids, self.tax_exempt)
        self.assertEqual(account.move_id.amount_total, 10.00)
        self._assert_previewed_as_posted(run)

    def test_fiscal_position_of_the_payer_counts_when_the_account_has_none(self):
        subscription = self._create_subscriber()
        payer = subscription.telecom_billing_account_id.partner_id
        payer.property_account_position_id = self.position_igic
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual(account.fiscal_position_id, self.position_igic)
        self.assertEqual(account.amount_tax, 0.70)

    def test_each_account_of_a_run_has_its_own_taxes(self):
        amounts = {
            self._create_subscriber(
                name=position.name or "Mainland", position=position
            ): tax
            for position, tax in (
                (self.env["account.fiscal.position"], 2.10),
                (self.position_igic, 0.70),
                (self.position_exempt, 0.00),
            )
        }
        run = self._post()
        for subscription, tax in amounts.items():
            self.assertEqual(self._account(run, subscription).amount_tax, tax)
        self._assert_previewed_as_posted(run)

    def test_bill_with_several_taxes_sums_each(self):
        subscription = self._create_subscriber()
        self.category_calls.product_id.taxes_id = self.tax_igic
        self.category_data.product_id.taxes_id = self.tax_igic + self.tax_21
        self._add_usage(subscription, "3.33")
        self._add_usage(subscription, "4.44", category=self.category_data)
        for method in ROUNDING_METHODS:
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                run = self._go(self._create_run(), "invoice")
                account = self._account(run, subscription)
                self.assertEqual(
                    self._previewed_taxes(account),
                    {self.tax_21: (14.44, 3.03), self.tax_igic: (7.77, 0.54)},
                )
                self.assertEqual(
                    self._posted_taxes(account), self._previewed_taxes(account)
                )
                run.action_cancel()

    def test_tax_included_in_the_price_is_left_to_the_engine_of_odoo(self):
        included = self._create_tax(
            "21% included",
            21,
            self.tax_21.tax_group_id,
            price_include_override="tax_included",
        )
        self.offering_mobile.taxes_id = included
        subscription = self._create_subscriber()
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual(self._previewed_taxes(account), {included: (8.26, 1.74)})
        self.assertEqual(account.amount_total, 10.00)
        self._assert_previewed_as_posted(run)

    def test_tax_on_top_of_another_is_posted_as_previewed(self):
        levy = self._create_tax(
            "levy 1%", 1, self.tax_21.tax_group_id, include_base_amount=True, sequence=0
        )
        self.offering_mobile.taxes_id = [Command.set((levy + self.tax_21).ids)]
        subscription = self._create_subscriber()
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual(
            self._previewed_taxes(account),
            {levy: (10.0, 0.10), self.tax_21: (10.10, 2.12)},
        )
        self._assert_previewed_as_posted(run)

    def test_withholding_lowers_the_total_as_previewed(self):
        withheld = self._create_tax("IRPF 15%", -15, self.tax_21.tax_group_id)
        self.offering_mobile.taxes_id = [Command.link(withheld.id)]
        subscription = self._create_subscriber()
        run = self._post()
        self.assertEqual(self._account(run, subscription).amount_tax, 0.60)
        self._assert_previewed_as_posted(run)

    def test_discount_lowers_the_tax_as_previewed(self):
        subscription = self._create_subscriber()
        self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": self.discount.id,
                "date_start": "2026-10-10",
                "specific_price": 2.5,
            }
        )
        run = self._post()
        # 21 % of 7.50 is 1.575
        self.assertEqual(run.amount_untaxed, 7.50)
        self._assert_previewed_as_posted(run)

    def test_product_without_taxes_is_billed_without_and_shown(self):
        self.addon.taxes_id = False
        subscription = self._create_subscriber()
        self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": self.addon.id,
                "date_start": "2026-10-01",
            }
        )
        run = self._post()
        account = self._account(run, subscription)
        self.assertEqual((account.amount_untaxed, account.amount_tax), (15.00, 2.10))
        untaxed = run.check_ids.filtered(lambda c: c.code == "line_without_tax")
        self.assertEqual((untaxed.state, untaxed.row_count), ("fail", 1))
        self._assert_previewed_as_posted(run)
