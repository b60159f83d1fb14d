# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .bill_run_common import BillRunCommon

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
#: Tables that a preview works in.
TABLES = (
    "telecom_bill_run",
    "telecom_bill_run_account",
    "telecom_bill_run_line",
    "telecom_bill_run_tax",
    "telecom_bill_run_check",
    "telecom_rated_usage",
    "mail_message",
)


@tagged("post_install", "-at_install")
class TestBillRunPreview(BillRunCommon):
    """The bill of one account, worked out and thrown away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber(start="2026-10-12")
        cls.account = cls.subscription.telecom_billing_account_id
        cls._create_subscription(cls.offering_fibre, cls.account, state="active")
        cls.other = cls._create_subscriber(name="Pere Pons")
        for product in (cls.one_shot, cls.discount):
            cls.env["contract.line"].create(
                {
                    "contract_id": cls.subscription.id,
                    "product_id": product.id,
                    "date_start": "2026-10-20",
                }
            )

    def setUp(self):
        super().setUp()
        self._add_usage(self.subscription, "0.12345", "1.005", "0")
        self._add_usage(self.other, "7")

    def _content(self):
        """Return all rows that a preview could have touched."""
        self.env.flush_all()
        content = {}
        for table in TABLES:
            self.env.cr.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")  # noqa: S608
            content[table] = self.env.cr.fetchall()
        return content

    def _preview(self):
        return self.account.preview_bill(OCTOBER, NOVEMBER)

    def _money(self, result):
        return [result[f"amount_{name}"] for name in ("untaxed", "tax", "total")]

    def test_preview_is_equal_to_the_bill_to_the_cent(self):
        result = self._preview()
        run = self._go(self._create_run(), "post")
        bill = self._account(run, self.subscription).move_id
        self.assertEqual(
            self._money(result),
            [bill.amount_untaxed, bill.amount_tax, bill.amount_total],
        )
        billed = run.line_ids.filtered(lambda li: li.billing_account_id == self.account)
        self.assertEqual(
            [(line["name"], line["amount_untaxed"]) for line in result["lines"]],
            [(line.name, line.amount_untaxed) for line in billed.sorted()],
        )

    def test_preview_touches_nothing(self):
        for until in ("rate", "preview"):
            with self.subTest(until), self.cr.savepoint() as savepoint:
                run = self._go(self._create_run(), until)
                before = self._content()
                first = self._preview()
                self.assertEqual(self._content(), before)
                self.assertEqual(self._money(self._preview()), self._money(first))
                self.assertGreater(first["amount_total"], 0)
                self._go_on(run)
                account = self._account(run, self.subscription)
                self.assertEqual(first["amount_total"], account.move_id.amount_total)
                savepoint.rollback()
            self.env.invalidate_all()

    def _go_on(self, run):
        for code in ("check", "preview", "invoice", "post"):
            getattr(run, f"action_{code}")()

    def test_preview_after_the_bill_shows_nothing_left(self):
        self._go(self._create_run(), "post")
        result = self._preview()
        self.assertEqual((result["lines"], result["amount_total"]), ([], 0))
        self.assertFalse(result["pdf"])

    def test_preview_takes_no_number(self):
        first = int(self._create_run(kind="off_cycle").name[2:])
        self._preview()
        second = int(self._create_run(kind="off_cycle").name[2:])
        self.assertEqual(second, first + 1)

    def test_agent_sees_lines_and_document(self):
        agent = new_test_user(
            self.env, "test_agent", groups="somconnexio_base.group_telecom_agent"
        )
        action = self.account.with_user(agent).action_preview_bill()
        preview = self.env["telecom.bill.preview"].browse(action["res_id"])
        self.assertEqual(str(preview.period_start), "2026-11-01")
        preview = preview.with_user(agent)
        preview.period_start = "2026-10-15"
        preview.action_compute()
        self.assertEqual(len(preview.line_ids), 5)
        self.assertTrue(preview.pdf)
        self.assertEqual(
            sum(preview.line_ids.mapped("amount_untaxed")), preview.amount_untaxed
        )

    def test_stranger_sees_no_preview(self):
        technician = new_test_user(
            self.env, "test_t", groups="somconnexio_base.group_telecom_technician"
        )
        with self.assertRaises(AccessError):
            self.account.with_user(technician).action_preview_bill()

    def test_bill_off_cycle_is_up_to_today_and_of_this_account(self):
        action = self.account.action_bill_now()
        run = self.env["telecom.bill.run"].browse(action["res_id"])
        self.assertEqual(
            (str(run.period_start), str(run.period_end), run.kind),
            ("2026-11-01", "2026-11-03", "off_cycle"),
        )
        self.assertEqual(run.only_account_ids, self.account)

    def test_preview_costs_as_many_queries_whatever_else_there_is(self):
        self._preview()
        first = self._count_queries(self._preview)
        for number in range(5):
            self._add_usage(self._create_subscriber(name=f"More {number}"), "1")
        # The stand-in for the rating writes one row a query.
        self.assertLessEqual(self._count_queries(self._preview), first)
