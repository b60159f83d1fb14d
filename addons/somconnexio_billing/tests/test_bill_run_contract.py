# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunContract(BillRunCommon):
    """OCA's own invoicing leaves subscriptions alone and still does the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()
        cls.contract = cls.env["contract.contract"].create(
            {
                "name": "Office rent",
                "partner_id": cls.partner.id,
                "date_start": "2026-10-01",
                "contract_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Rent",
                            "quantity": 1,
                            "specific_price": 100,
                            "date_start": "2026-10-01",
                            "recurring_next_date": "2026-10-01",
                        },
                    )
                ],
            }
        )

    def test_cron_invoices_other_contracts_and_no_subscription(self):
        self.env["contract.contract"].cron_recurring_create_invoice()
        lines = self.env["account.move.line"].search(
            [("contract_line_id", "!=", False)]
        )
        self.assertIn(self.contract.contract_line_ids, lines.contract_line_id)
        self.assertNotIn(self.subscription.contract_line_ids, lines.contract_line_id)

    def test_invoice_button_of_a_subscription_points_to_the_bill_run(self):
        with self.assertRaisesRegex(UserError, "billed by the monthly bill run"):
            self.subscription.recurring_create_invoice()

    def test_contract_shows_the_bills_of_the_run(self):
        run = self._go(self._create_run(), "invoice")
        self.assertEqual(self.subscription.invoice_count, 1)
        self.assertEqual(self.subscription._get_related_invoices(), run.move_ids)
