# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command
from odoo.tests import tagged

from .bill_run_common import BillRunCommon

# What is different in any two journal entries, or says where they come from.
MOVE_OWN = {
    "id",
    "name",
    "access_token",
    "create_date",
    "write_date",
    "highest_name",
    "invoice_origin",
    "payment_reference",
    "sequence_number",
    "telecom_bill_run_id",
}
LINE_OWN = {
    "id",
    "move_id",
    "move_name",
    "create_date",
    "write_date",
    "contract_line_id",
    "telecom_bill_line_id",
}


@tagged("post_install", "-at_install")
class TestBillRunMoves(BillRunCommon):
    """The bills of a slice are what Odoo makes of the same lines one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscriptions = cls.env["contract.contract"]
        positions = (cls.env["account.fiscal.position"], cls.position_igic)
        for number in range(4):
            cls.subscriptions |= cls._create_subscriber(
                name=f"Member {number}", position=positions[number % 2]
            )
        cls.subscriptions[
            3
        ].telecom_billing_account_id.partner_id.parent_id = cls._create_partner(
            "Cooperative house", is_company=True
        )
        term = cls.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50}),
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": 30}
                    ),
                ],
            }
        )
        payer = cls.subscriptions[2].telecom_billing_account_id.partner_id
        payer.property_payment_term_id = term

    def _plain_bill(self, bill):
        """Create and post the same bill as an accountant would, without any lever."""
        env = self.env(context={"lang": "en_US"})
        plain = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": bill.partner_id.id,
                "journal_id": bill.journal_id.id,
                "fiscal_position_id": bill.fiscal_position_id.id,
                "invoice_date": bill.invoice_date,
                "telecom_billing_account_id": bill.telecom_billing_account_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "name": line.name,
                            "quantity": 1,
                            "price_unit": line.price_unit,
                            "telecom_subscription_id": line.telecom_subscription_id.id,
                        }
                    )
                    for line in bill.invoice_line_ids
                ],
            }
        )
        plain.action_post()
        return plain

    def _stored(self, record, without):
        """Return the stored values of a record, x2many ones as ids."""
        values = {}
        for name, field in record._fields.items():
            if not field.store or name in without or field.type == "one2many":
                continue
            value = record[name]
            if field.type == "char" and field.name in ("name", "ref") and value:
                value = (
                    value.replace(record.move_id.name, "NUMBER")
                    if ("move_id" in record)
                    else value
                )
            values[name] = value.ids if field.relational else value
        return values

    def _lines(self, bill):
        """Return the stored values of the journal items, in a stable order."""
        lines = [self._stored(line, LINE_OWN) for line in bill.line_ids]
        return sorted(
            lines,
            key=lambda v: (str(v["display_type"]), v["name"] or "", v["balance"]),
        )

    def _assert_same(self, bill):
        plain = self._plain_bill(bill)
        self.env.invalidate_all()
        self.assertEqual(self._stored(bill, MOVE_OWN), self._stored(plain, MOVE_OWN))
        self.assertEqual(self._lines(bill), self._lines(plain))

    def _bills(self):
        for subscription in self.subscriptions:
            self._add_usage(subscription, "0.1234", "1.1", "0")
            self._add_usage(subscription, "3.3", category=self.category_data)
        return self._go(self._create_run(), "post").move_ids

    def test_bill_of_a_slice_is_what_plain_odoo_makes(self):
        bills = self._bills()
        self.assertEqual(len(bills), 4)
        for bill in bills:
            with self.subTest(bill=bill.partner_id.name):
                self._assert_same(bill)

    def test_bill_rounded_per_line_is_what_plain_odoo_makes(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        for bill in self._bills():
            self._assert_same(bill)

    def _grant_early_discount(self, computation):
        """Let the first payer pay 2 % less within a week."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within a week",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": computation,
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )
        payer = self.subscriptions[0].telecom_billing_account_id.partner_id
        payer.property_payment_term_id = term

    def test_bill_with_early_payment_discount_is_what_plain_odoo_makes(self):
        self._grant_early_discount("included")
        for bill in self._bills():
            self._assert_same(bill)

    def test_discount_that_lowers_the_tax_is_found_by_the_control(self):
        self._grant_early_discount("mixed")
        run = self._go(self._create_run(), "invoice")
        check = run.check_ids.filtered(lambda c: c.code == "preview_differs")
        self.assertEqual((check.state, check.row_count), ("fail", 1))

    def test_bill_with_analytic_model_is_what_plain_odoo_makes(self):
        plan = self.env["account.analytic.plan"].create({"name": "Services"})
        analytic = self.env["account.analytic.account"].create(
            {"name": "Mobile", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "product_id": self.offering_mobile.id,
                "analytic_distribution": {str(analytic.id): 100},
            }
        )
        bills = self._bills()
        fee = bills.invoice_line_ids.filtered(
            lambda line: line.product_id == self.offering_mobile
        )
        self.assertTrue(all(fee.mapped("analytic_distribution")))
        self.assertEqual(len(fee.analytic_line_ids), len(fee))
        for bill in bills:
            self._assert_same(bill)

    def test_numbers_of_the_bills_have_no_gap_and_follow_the_accounts(self):
        run = self._create_run(slice_size=2)
        self._go(run, "post")
        moves = run.account_ids.sorted("id").move_id
        numbers = [move.sequence_number for move in moves]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 4)))

    def test_payer_becomes_a_customer(self):
        bills = self._bills()
        self.assertEqual(set(bills.partner_id.mapped("customer_rank")), {1})

    def test_items_tell_subscription_and_line_they_come_from(self):
        bill = self._bills()[0]
        for item in bill.invoice_line_ids:
            line = item.telecom_bill_line_id
            self.assertEqual(item.price_subtotal, line.amount_untaxed)
            self.assertEqual(item.telecom_subscription_id, line.subscription_id)
            self.assertEqual(item.contract_line_id, line.contract_line_id)

    def test_slice_takes_as_many_queries_whatever_the_number_of_slices(self):
        for number in range(8):
            self._create_subscriber(name=f"More {number}")
        run = self._go(self._create_run(slice_size=3), "preview")
        run._plan_slices()
        slices = run.slice_ids.sorted("number")
        self.assertEqual(slices.mapped("account_count"), [3, 3, 3, 3])
        counts = []
        for slice_ in slices:
            self.env.invalidate_all()
            counts.append(self._count_queries(slice_._job_invoice))
        # The first slices fill caches; from then on each costs the same.
        self.assertEqual(counts[2], counts[3])
        self.assertLessEqual(counts[3], counts[0])
