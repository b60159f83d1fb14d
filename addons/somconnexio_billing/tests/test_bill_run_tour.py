# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import os
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

from .mediation_common import UsageCommon, wholesale_line

ROLES = (
    "somconnexio_base.group_telecom_billing_manager",
    "somconnexio_base.group_telecom_accountant",
)


@tagged("post_install", "-at_install")
class TestBillRunTour(HttpCase, UsageCommon):
    """A month in the browser, with the real rating, bills and PDFs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.dict(os.environ, {"QUEUE_JOB__NO_DELAY": "1"}))
        cls._set_up_accounting()
        cls._set_up_prices()
        new_test_user(cls.env, "tour_biller", groups=",".join(ROLES), lang="en_US")
        account = cls.subscription.telecom_billing_account_id
        account.partner_id.name = "Tour Member"
        account.collection_method = "transfer"

    @classmethod
    def _set_up_accounting(cls):
        """Let the mobile and its calls have 21 % of tax."""
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.company.tax_calculation_rounding_method = "round_globally"
        cls.category = cls.env.ref("somconnexio_billing.usage_category_voice_national")
        tax = cls.env["account.tax"].create(
            {
                "name": "Tour 21%",
                "amount": 21,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "tax_group_id": cls.env["account.tax.group"]
                .create({"name": "Tour VAT"})
                .id,
                "country_id": cls.company.account_fiscal_country_id.id,
            }
        )
        (cls.offering_mobile | cls.category.product_id).taxes_id = tax

    @classmethod
    def _set_up_prices(cls):
        """Let a minute to anywhere cost 0.06."""
        tariff = cls.env["telecom.tariff"].create({"name": "Tour", "code": "TOUR"})
        cls.env["telecom.tariff.rate"].create(
            {
                "tariff_id": tariff.id,
                "usage_type_id": cls.env.ref("somconnexio_billing.usage_type_voice").id,
                "unit_price": 0.06,
                "price_unit": 60,
                "category_id": cls.category.id,
            }
        )
        cls.offering_mobile.telecom_tariff_id = tariff

    def test_biller_takes_a_month_from_files_to_pdfs(self):
        file = self._receive(wholesale_line(CANTIDAD="600"))
        self.start_tour(
            "/odoo/action-somconnexio_billing.action_telecom_bill_run",
            "somconnexio_billing_bill_run",
            login="tour_biller",
        )
        run = file.telecom_bill_run_id
        self.assertEqual(run.state, "delivered")
        self.assertEqual(str(run.period_start), "2026-10-01")
        bill = run.move_ids
        self.assertEqual(bill.partner_id.name, "Tour Member")
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (10.6, 2.23))
        self.assertTrue(bill.invoice_pdf_report_id)
