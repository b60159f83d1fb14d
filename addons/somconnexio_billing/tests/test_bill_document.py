# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import doctest
from datetime import date, datetime
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..bill import labels
from ..bill.document import CollectionKind
from ..models.bill import bill_collection, bill_head, bill_party
from ..models.bill.bill_labels import bill_labels
from .bill_common import PERIOD, BillCommon


@tagged("post_install", "-at_install")
class TestBillDocument(BillCommon):
    def test_document_repeats_the_amounts_of_the_journal_entry(self):
        document = self._document(self._create_bill())
        self.assertEqual(document.amount_untaxed, Decimal("12.00"))
        self.assertEqual(document.amount_tax, Decimal("2.52"))
        self.assertEqual(document.amount_total, Decimal("14.52"))
        (group,) = document.charge_groups
        self.assertEqual(group.amount, document.amount_untaxed)
        (tax,) = document.taxes
        self.assertEqual(
            (tax.name, tax.base, tax.amount), ("IVA 21%", Decimal(12), Decimal("2.52"))
        )

    def test_document_names_both_parties_number_and_period(self):
        bill = self._create_bill()
        document = self._document(bill)
        self.assertEqual(document.issuer.name, "Som Connexió SCCL")
        self.assertEqual(document.issuer.tax_id, "F66442286")
        self.assertEqual(document.customer.name, "Maria Puigdemunt i Soler")
        self.assertEqual(document.customer.tax_id, "12345678Z")
        self.assertIn("08018 Barcelona", document.customer.address)
        self.assertEqual(document.number, bill.name)
        self.assertEqual((document.period_start, document.period_end), PERIOD)
        self.assertFalse(document.is_draft)

    def test_direct_debit_shows_the_day_and_a_masked_iban(self):
        collection = self._document(self._create_bill()).collection
        self.assertEqual(collection.kind, CollectionKind.DIRECT_DEBIT)
        self.assertEqual(collection.on_date, date(2026, 11, 5))
        self.assertEqual(collection.iban, "ES91 •••• •••• 1332")

    def test_direct_debit_without_iban_asks_for_a_transfer(self):
        self.account.partner_bank_id = False
        collection = self._document(self._create_bill()).collection
        self.assertEqual(collection.kind, CollectionKind.TRANSFER)

    def test_lines_say_what_the_ledger_says_without_repeating_the_title(self):
        self.subscription.main_resource_name = "34612345678"
        bill = self._create_bill(post=False)
        fee, usage = bill.invoice_line_ids
        fee.telecom_bill_line_id.sudo().write(
            {"period_from": date(2026, 10, 15), "day_count": 17, "price_unit": 18.24}
        )
        fee.name = "Monthly fee · 34612345678 (15/10 – 31/10)"
        usage.name = "Calls abroad · 34612345678"
        (group,) = self._document(bill).charge_groups
        self.assertEqual(group.title, "Mobile 612 345 678")
        self.assertEqual(
            [line.name for line in group.lines], ["Monthly fee", "Calls abroad"]
        )
        self.assertEqual(group.lines[0].unit_price, Decimal("18.24"))
        self.assertEqual(
            (group.lines[0].day_count, group.lines[0].month_days), (17, 31)
        )

    def test_refund_is_negative_and_names_the_bill_it_corrects(self):
        bill = self._create_bill()
        refund = bill._reverse_moves([{"invoice_date": date(2026, 11, 9)}])
        document = self._document(refund)
        self.assertEqual(document.amount_total, Decimal("-14.52"))
        self.assertEqual(document.charge_groups[0].amount, Decimal(-12))
        self.assertEqual(document.taxes[0].amount, Decimal("-2.52"))
        self.assertEqual(document.taxes[0].base, Decimal(-12))
        self.assertEqual(document.corrected_number, bill.name)
        self.assertEqual(document.collection.kind, CollectionKind.REFUND)
        self.assertFalse(document.usage)

    def test_credit_note_says_the_reason_that_the_wizard_asked_for(self):
        bill, reason = self._create_bill(), "The line was out of service"
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"reason": reason, "journal_id": bill.journal_id.id})
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        self.assertEqual(refund.telecom_correction_reason, reason)
        document = self._document(refund)
        self.assertEqual((document.period_start, document.period_end), PERIOD)
        self.assertEqual(document.correction_reason, reason)

    def test_zero_tax_is_listed_with_its_base(self):
        group = self.env["account.tax.group"].create({"name": "Exempt"})
        exempt = self.percent_tax(0.0, tax_group_id=group.id)
        bill = self._create_bill(post=False)
        bill.invoice_line_ids.tax_ids = exempt
        (tax,) = self._document(bill).taxes
        self.assertEqual(
            (tax.name, tax.base, tax.amount), ("Exempt", Decimal(12), Decimal(0))
        )

    def test_taxes_of_one_group_are_one_line(self):
        bill = self._create_bill(post=False)
        goods = self.percent_tax(21.0, tax_group_id=self.tax.tax_group_id.id)
        bill.invoice_line_ids[0].tax_ids = goods
        (tax,) = self._document(bill).taxes
        self.assertEqual((tax.name, tax.base), ("IVA 21%", Decimal(12)))
        self.assertEqual(tax.amount, Decimal("2.52"))

    def test_address_names_the_province(self):
        gerona = self.env.ref("base.state_es_gi")
        self.account.partner_id.write({"city": "Blanes", "state_id": gerona.id})
        document = self._document(self._create_bill(post=False))
        self.assertIn("08018 Blanes (Girona)", document.customer.address)

    def test_address_names_a_foreign_country(self):
        self.company.country_id = self.env.ref("base.fr")
        document = self._document(self._create_bill(post=False))
        self.assertEqual(document.customer.address[-1], "Spain")

    def test_items_are_local_time_and_add_up_to_the_group(self):
        self._rate()
        self._rate(amount="1.5", quantity=375, charged_quantity=375)
        self._rate_included()
        (usage,) = self._document(self._create_bill()).usage
        (group,) = usage.groups
        self.assertEqual(group.amount, Decimal(2))
        self.assertEqual(group.event_count, 3)
        self.assertEqual(group.unlisted, (0, 0, 0))
        self.assertEqual(group.items[0].started_at, datetime(2026, 10, 14, 18, 30, 5))
        self.assertEqual(group.items[0].destination, "Test France")
        self.assertEqual(
            [item.is_included for item in group.items], [False, False, True]
        )

    def test_calls_free_of_charge_leave_no_trace(self):
        self._rate(destination_id=self.helpline.id, amount=0, other_number="34016")
        self._rate_included(destination_id=self.helpline.id, other_number="34016")
        self._rate(amount=0, direction="incoming")
        document = self._document(self._create_bill())
        self.assertFalse([group for usage in document.usage for group in usage.groups])

    def test_calls_free_of_charge_may_be_counted_and_are_never_listed(self):
        self.company.telecom_bill_free_calls = "counted"
        self._rate()
        self._rate(destination_id=self.helpline.id, amount=0, charged_quantity=0)
        (usage,) = self._document(self._create_bill()).usage
        (group,) = usage.groups
        self.assertEqual((group.event_count, len(group.items)), (2, 1))
        self.assertEqual(group.unlisted, (1, Decimal(125), Decimal(0)))

    def test_call_paid_by_included_money_is_listed_at_no_charge(self):
        self._rate(amount=0, amount_exact="0.5")
        (usage,) = self._document(self._create_bill()).usage
        ((item,),) = (group.items for group in usage.groups)
        self.assertEqual((item.amount, item.is_included), (Decimal(0), True))

    def test_bill_says_how_to_object_in_the_companys_words_or_the_laws(self):
        bill = self._create_bill()
        self.assertIn("within a month", self._document(bill).claims)
        self.company.telecom_bill_claims = "Write to the board."
        self.assertEqual(self._document(bill).claims, "Write to the board.")
        self.company.telecom_bill_has_claims = False
        self.assertEqual(self._document(bill).claims, "")

    def test_company_may_list_charged_usage_only(self):
        self.company.telecom_bill_itemisation = "charged"
        self._rate()
        self._rate_included()
        (usage,) = self._document(self._create_bill()).usage
        self.assertEqual(len(usage.groups[0].items), 1)
        self.assertEqual(usage.groups[0].unlisted, (1, Decimal(120), Decimal(0)))

    def test_category_that_is_not_itemised_is_summed_only(self):
        self.category.is_itemised = False
        self._rate()
        (usage,) = self._document(self._create_bill()).usage
        self.assertFalse(usage.itemised_groups)
        self.assertEqual(usage.groups[0].amount, Decimal("0.5"))

    def test_account_without_itemisation_keeps_its_totals(self):
        self.account.itemised_bill = False
        self._rate()
        (usage,) = self._document(self._create_bill()).usage
        self.assertFalse(usage.itemised_groups)
        self.assertEqual(usage.groups[0].event_count, 1)

    def test_allowance_shows_what_the_month_used_of_it(self):
        self._rate_included()
        self._rate_included(used_before=120)
        self._rate_included(
            used_before=8000, is_late=True, started_at=datetime(2026, 9, 30, 9)
        )
        (usage,) = self._document(self._create_bill()).usage
        (allowance,) = usage.allowances
        self.assertEqual(allowance.used, Decimal(240))
        self.assertEqual(allowance.limit, Decimal(9000))

    def test_allowance_nobody_used_is_shown_empty(self):
        (usage,) = self._document(self._create_bill()).usage
        self.assertEqual(usage.allowances[0].name, "Voice · National calls")
        self.assertEqual(usage.allowances[0].used, 0)

    def test_unlimited_allowance_has_no_limit(self):
        self.allowance.write({"is_unlimited": True, "quantity": 0})
        (usage,) = self._document(self._create_bill()).usage
        self.assertIsNone(usage.allowances[0].limit)

    def test_usage_of_another_run_or_account_is_not_shown(self):
        other = self._create_subscription(self._create_account("Joan"))
        self._rate(subscription=other)
        self._rate(bill_run_id=None)
        (usage,) = self._document(self._create_bill()).usage
        self.assertFalse(usage.groups)

    def test_history_sums_earlier_months_and_fills_gaps(self):
        for month, total in ((7, 20.0), (9, 30.0), (9, 5.0)):
            self._create_invoice_one_line(
                price_unit=total,
                tax_ids=[],
                partner_id=self.account.partner_id.id,
                invoice_date=date(2026, month, 15),
                telecom_billing_account_id=self.account.id,
                post=True,
            )
        history = self._document(self._create_bill()).history
        self.assertEqual(
            [(total.month.month, total.amount) for total in history],
            [
                (7, Decimal(20)),
                (8, Decimal(0)),
                (9, Decimal(35)),
                (10, Decimal("14.52")),
            ],
        )

    def test_language_is_the_accounts_then_the_customers(self):
        for code in ("ca_ES", "es_ES"):
            self.env["res.lang"]._activate_lang(code)
        self.account.partner_id.lang = "es_ES"
        bill = self._create_bill()
        self.account.lang = "ca_ES"
        self.assertEqual(self._document(bill).language, "ca_ES")
        self.account.lang = False
        self.assertEqual(self._document(bill).language, "es_ES")

    def test_texts_of_the_company_are_printed_in_the_bills_language(self):
        self.env["res.lang"]._activate_lang("ca_ES")
        self.company.telecom_bill_message = "Thanks"
        self.company.with_context(lang="ca_ES").telecom_bill_message = "Gràcies"
        self.account.lang = "ca_ES"
        self.assertEqual(self._document(self._create_bill()).message, "Gràcies")

    def test_doctests_hold(self):
        for module in (bill_collection, bill_head, bill_party):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_labels_are_exactly_those_of_the_layout(self):
        words = bill_labels(self.env)
        self.assertEqual(set(words), labels.KEYS)
        labels.check(words)

    def test_every_installed_translation_of_the_labels_can_be_printed(self):
        for code in ("ca_ES", "es_ES", "en_US"):
            self.env["res.lang"]._activate_lang(code)
            labels.check(bill_labels(self.env(context={"lang": code})))

    def test_company_refuses_an_unreadable_colour(self):
        with self.assertRaisesRegex(ValidationError, "green is not a colour"):
            self.company.telecom_bill_color = "green"

    def test_company_refuses_unknown_sections_and_a_bill_without_charges(self):
        with self.assertRaisesRegex(ValidationError, "adverts"):
            self.company.telecom_bill_sections = "charges, adverts"
        with self.assertRaises(ValidationError):
            self.company.telecom_bill_sections = "usage"
