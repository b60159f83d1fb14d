# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from random import Random

from odoo import Command
from odoo.tests import tagged

from .bill_run_common import BillRunCommon

SEED = 20261001
AMOUNTS = ("0.50", "2.50", "0.0149", "1.0051", "0.333333", "12.345678", "99.99")


@tagged("post_install", "-at_install")
class TestBillRunTaxes(BillRunCommon):
    """The taxes of the preview are those of the posted bills, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.telecom_bill_shock_amount = 0

    def _assert_preview_is_posted(self, run):
        for account in run.account_ids.filtered("move_id"):
            move = account.move_id
            self.assertEqual(
                (account.amount_untaxed, account.amount_tax, account.amount_total),
                (move.amount_untaxed, move.amount_tax, move.amount_total),
                account.display_name,
            )
            previewed = {
                tax.tax_id: tax.amount_tax
                for tax in account.tax_line_ids
                if tax.amount_tax
            }
            posted = {}
            for line in move.line_ids.filtered("tax_line_id"):
                tax = line.tax_line_id
                posted[tax] = round(posted.get(tax, 0) - line.balance, 2)
            self.assertEqual(previewed, posted)
        self.assertEqual(run.difference, 0)

    def _add_subscribers(self):
        """Make bills of every fiscal position with many odd amounts."""
        random = Random(SEED)
        positions = [
            self.env["account.fiscal.position"],
            self.position_igic,
            self.position_exempt,
        ]
        for number in range(30):
            subscription = self._create_subscriber(
                name=f"Member {number}", position=positions[number % 3]
            )
            subscription.contract_line_ids.specific_price = (
                random.randint(1, 9999) / 100
            )
            for category in (self.category_calls, self.category_data):
                amounts = random.sample(AMOUNTS, random.randint(1, 5))
                self._add_usage(subscription, *amounts, category=category)

    def test_preview_rounded_globally_is_what_is_posted(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self._add_subscribers()
        self._assert_preview_is_posted(self._go(self._create_run(), "post"))

    def test_preview_rounded_per_line_is_what_is_posted(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        self._add_subscribers()
        self._assert_preview_is_posted(self._go(self._create_run(), "post"))

    def test_preview_on_exact_half_cents_is_what_is_posted(self):
        # 21 % of 0.50 + 0.50 x n ends on half a cent for every odd n.
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            for number in range(12):
                subscription = self._create_subscriber(name=f"{method} {number}")
                subscription.contract_line_ids.specific_price = 0.5 + number / 2
                self._add_usage(subscription, "0.5", "1")
            run = self._go(self._create_run(), "invoice")
            self._assert_preview_is_posted(run)
            run.action_cancel()

    def test_taxes_of_another_kind_are_computed_by_odoo(self):
        group = self.tax_21.tax_group_id
        included = self._create_tax(
            "10% incl", 10, group, price_include_override="tax_included"
        )
        fixed = self._create_tax("Fixed", 0.35, group, amount_type="fixed")
        base = self._create_tax("5% base", 5, group, include_base_amount=True)
        withheld = self._create_tax("Withheld", -15, group, sequence=20)
        for taxes in (included, fixed + self.tax_21, base + self.tax_21, withheld):
            with self.subTest(taxes=taxes.mapped("name")):
                self.offering_mobile.taxes_id = taxes
                self._create_subscriber(name=taxes[:1].name)
                run = self._go(self._create_run(), "invoice")
                self._assert_preview_is_posted(run)
                run.action_cancel()

    def test_two_taxes_on_one_line_are_both_previewed(self):
        surcharge = self._create_tax("Surcharge", 5.2, self.tax_21.tax_group_id)
        self.offering_mobile.taxes_id = self.tax_21 + surcharge
        subscription = self._create_subscriber()
        run = self._go(self._create_run(), "post")
        taxes = self._account(run, subscription).tax_line_ids
        self.assertEqual(
            {tax.tax_id: tax.amount_tax for tax in taxes},
            {self.tax_21: 2.1, surcharge: 0.52},
        )
        self._assert_preview_is_posted(run)

    def test_position_of_the_account_goes_before_that_of_the_payer(self):
        subscription = self._create_subscriber(position=self.position_igic)
        payer = subscription.telecom_billing_account_id.partner_id
        payer.property_account_position_id = self.position_exempt
        run = self._go(self._create_run(), "invoice")
        account = self._account(run, subscription)
        self.assertEqual(account.fiscal_position_id, self.position_igic)
        self.assertEqual(account.amount_tax, 0.7)
        self.assertEqual(account.move_id.fiscal_position_id, self.position_igic)

    def test_position_of_the_payer_counts_without_one_of_the_account(self):
        subscription = self._create_subscriber()
        payer = subscription.telecom_billing_account_id.partner_id
        payer.property_account_position_id = self.position_exempt
        run = self._go(self._create_run(), "preview")
        self.assertEqual(self._account(run, subscription).amount_tax, 0)

    def test_position_detected_by_address_counts_for_those_who_live_there(self):
        region = self.env["res.country.state"].create(
            {
                "name": "Islands",
                "code": "ISL",
                "country_id": self.company.country_id.id,
            }
        )
        self.position_igic.write(
            {
                "auto_apply": True,
                "sequence": -1,
                "country_id": self.company.country_id.id,
                "state_ids": [Command.set(region.ids)],
            }
        )
        islander = self._create_subscriber(name="Islander")
        payer = islander.telecom_billing_account_id.partner_id
        payer.write({"country_id": self.company.country_id.id, "state_id": region.id})
        mainlander = self._create_subscriber(name="Mainlander")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(
            self._account(run, islander).fiscal_position_id, self.position_igic
        )
        self.assertNotEqual(
            self._account(run, mainlander).fiscal_position_id, self.position_igic
        )

    def test_product_without_tax_is_billed_without_and_warned_of(self):
        self.offering_mobile.taxes_id = False
        subscription = self._create_subscriber()
        self.env["account.account"].search(
            [("account_type", "=", "income")]
        ).tax_ids = False
        run = self._go(self._create_run(), "invoice")
        check = run.check_ids.filtered(lambda c: c.code == "line_without_tax")
        self.assertEqual((check.state, check.severity), ("fail", "warn"))
        self.assertEqual(self._account(run, subscription).amount_tax, 0)
        self._assert_preview_is_posted(run)
