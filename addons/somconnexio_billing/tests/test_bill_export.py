# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import io
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .. import sql_steps
from .bill_common import PERIOD, BillCommon


@tagged("post_install", "-at_install")
class TestBillExport(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.bill_run = cls.bill_run.with_env(cls.env)
        cls.company.telecom_timezone = "Europe/Madrid"
        cls.bill = cls._create_bill()
        cls._rate(wholesale_cost="0.2")
        cls._rate_included(other_number="=1+1", wholesale_cost=None)
        cls.bill_run.sudo().state = "posted"

    def _rows(self, table):
        """Export a table; return its rows as dictionaries by header."""
        path = Path(self.enterContext(TemporaryDirectory()), "table.xlsx")
        self.bill_run.export_table(table, path)
        header, *rows = load_workbook(path).active.values
        return [dict(zip(header, row, strict=True)) for row in rows]

    def test_usage_detail_lists_each_event_in_local_time(self):
        charged, included = sorted(
            self._rows("usage_detail"), key=lambda row: row["In allowance"]
        )
        self.assertEqual(charged["Account"], self.account.code)
        self.assertEqual(charged["Start"], datetime(2026, 10, 14, 18, 30, 5))
        self.assertEqual(charged["Destination"], "Test France")
        self.assertEqual((charged["Amount"], charged["Wholesale cost"]), (0.5, 0.2))
        self.assertEqual(included["Other number"], "=1+1")
        self.assertEqual(included["In allowance"], 120)
        self.assertIsNone(included["Wholesale cost"])

    def test_usage_summary_adds_up_to_the_detail(self):
        (row,) = self._rows("usage_summary")
        self.assertEqual((row["Events"], row["Subscriptions"]), (2, 1))
        self.assertEqual((row["Amount"], row["Wholesale cost"]), (0.5, 0.2))
        # The call without a cost takes no part in the margin.
        self.assertEqual(row["Margin"], 0.3)

    def test_register_has_a_row_for_each_bill_and_tax(self):
        (row,) = self._rows("bill_register")
        self.assertEqual(row["Bill"], self.bill.name)
        self.assertEqual(row["Bill date"].date(), PERIOD[1])
        self.assertEqual(row["Operation date"].date(), date(2026, 10, 31))
        self.assertEqual(row["Tax ID"], self.account.partner_id.vat)
        self.assertEqual((row["Tax"], row["Rate (%)"]), ("IVA 21%", 21))
        self.assertEqual((row["Taxable base"], row["Tax amount"]), (12, 2.52))
        self.assertEqual(row["Total of the bill"], 14.52)

    def test_register_names_credit_notes_with_negative_amounts(self):
        refund = self.bill._reverse_moves([{"invoice_date": date(2026, 11, 9)}])
        refund.action_post()
        _bill, row = self._rows("bill_register")
        self.assertEqual(row["Kind (F: bill, R: corrective)"], "R")
        self.assertEqual(row["Corrects bill"], self.bill.name)
        self.assertEqual((row["Taxable base"], row["Tax amount"]), (-12, -2.52))

    def test_button_puts_the_file_into_a_message_of_the_run(self):
        self.bill_run.action_export_bill_register()
        attachment = self.bill_run.message_ids[0].attachment_ids
        self.assertTrue(attachment.name.endswith("Register of bills.xlsx"))
        header, row = load_workbook(io.BytesIO(attachment.raw)).active.values
        self.assertEqual((header[0], row[0]), ("Bill", self.bill.name))

    def test_rows_come_from_the_server_some_at_a_time(self):
        stream = sql_steps.stream(
            self.env,
            "82_export_usage_summary",
            rows_at_once=1,
            run_id=self.bill_run.id,
            lang="en_US",
        )
        open_cursors = SQL("SELECT count(*) FROM pg_cursors WHERE name ~ '^stream_'")
        next(stream)
        self.assertEqual(self.env.execute_query(open_cursors), [(1,)])
        self.assertEqual(list(stream), [])
        self.assertEqual(self.env.execute_query(open_cursors), [(0,)])

    def test_run_without_usage_has_nothing_to_export(self):
        self.bill_run.sudo().state = "draft"
        with self.assertRaisesRegex(UserError, "nothing to export"):
            self.bill_run.action_export_usage_detail()

    def test_agents_do_not_export(self):
        agent = new_test_user(
            self.env, "x_agent", "somconnexio_base.group_telecom_agent"
        )
        with self.assertRaises(AccessError):
            self.bill_run.with_user(agent).action_export_usage_detail()
        accountant = new_test_user(
            self.env, "x_accountant", "somconnexio_base.group_telecom_accountant"
        )
        self.bill_run.with_user(accountant).action_export_usage_summary()
        self.assertTrue(self.bill_run.message_ids[0].attachment_ids)
