# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPartnerSummary(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.write({"phone": "+34699887766", "vat": "ES40001111V"})
        cls.account = cls._create_billing_account(
            partner_bank_id=cls._create_bank_account().id
        )
        cls.mobile = cls._create_subscription(
            account=cls.account, state="active", msisdn="34612345678"
        )
        cls.fibre = cls._create_subscription(
            cls.offering_fibre, cls.account, state="suspended"
        )
        cls.users = {
            role: new_test_user(
                cls.env, f"test_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "technician", "accountant")
        }

    def _sections(self, role="agent", partner=None):
        partner = (partner or self.partner).with_user(self.users[role])
        return {part["code"]: part for part in partner.customer_summary()["sections"]}

    def _create_bill(self, partner=None, due="2026-09-30", price=12):
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.company.id)], limit=1
        ) or self.env["account.journal"].create(
            {"name": "Sales", "code": "TSAL", "type": "sale"}
        )
        account = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        ) or self.env["account.account"].create(
            {"name": "Income", "code": "700999", "account_type": "income"}
        )
        receivable = self.env["account.account"].search(
            [("account_type", "=", "asset_receivable")], limit=1
        ) or self.env["account.account"].create(
            {
                "name": "Members",
                "code": "430999",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        partner = partner or self.partner
        partner.property_account_receivable_id = receivable
        bill = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "journal_id": journal.id,
                "partner_id": partner.id,
                "telecom_billing_account_id": self.account.id,
                "invoice_date": "2026-09-01",
                "invoice_date_due": due,
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Fee",
                            "price_unit": price,
                            "account_id": account.id,
                            "tax_ids": False,
                        },
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def test_subscriptions_are_shown_with_number_and_state(self):
        section = self._sections()["subscriptions"]
        self.assertEqual(section["count"], 2)
        mobile = next(row for row in section["rows"] if row["id"] == self.mobile.id)
        self.assertIn("+34 612 34 56 78", mobile["cells"])
        self.assertIn("Active", mobile["cells"])
        self.assertEqual(mobile["level"], "success")

    def test_bank_account_is_shown_by_its_ends(self):
        (row,) = self._sections()["billing_accounts"]["rows"]
        self.assertIn("ES91 … 1332", row["cells"])

    def test_debt_is_shown_with_what_is_overdue(self):
        self._create_bill()
        self._create_bill(due="2026-11-30", price=8)
        facts = {f["label"]: f for f in self._sections()["bills"]["facts"]}
        self.assertIn("20", facts["Owed"]["value"])
        self.assertIn("12", facts["Overdue"]["value"])
        self.assertEqual(facts["Overdue"]["level"], "danger")
        self.assertEqual(self._sections()["bills"]["count"], 2)

    def test_roles_see_what_is_theirs(self):
        self._create_bill()
        self.assertIn("bills", self._sections("agent"))
        self.assertIn("bills", self._sections("accountant"))
        technician = self._sections("technician")
        self.assertNotIn("bills", technician)
        self.assertIn("subscriptions", technician)

    def test_employee_without_a_role_is_refused(self):
        employee = new_test_user(self.env, "test_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.partner.with_user(employee).customer_summary()

    def test_duplicates_and_other_systems_are_shown_when_there_are_any(self):
        self.assertNotIn("duplicates", self._sections())
        again = self._create_partner(
            "SOLER, MARIA", phone="699887766", email="maria@example.org"
        )
        self.env["telecom.external.id"]._link(self.partner, "crm", "C-7")
        sections = self._sections()
        self.assertEqual(sections["duplicates"]["rows"][0]["cells"][0], again.name)
        self.assertEqual(sections["external_ids"]["rows"][0]["cells"], ["crm", "C-7"])

    def test_notices_are_shown_to_those_who_see_bills(self):
        kind = self.env["telecom.notice.kind"].create(
            {
                "name": "A note",
                "code": "test_summary",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "partner_path": False,
                "purpose_id": self._ref("notice_purpose_news").id,
                "subject": "News for {{ object.name }}",
                "body": "<p>So it is.</p>",
                "sms_text": "So it is.",
            }
        )
        self.env["telecom.notice"]._announce(kind.code, self.partner)
        self.env.invalidate_all()
        notice = self.env["telecom.notice"].search([("kind_id", "=", kind.id)])
        shown = [row["id"] for row in self._sections()["notices"]["rows"]]
        self.assertIn(notice.id, shown)
        self.assertNotIn("notices", self._sections("technician"))

    def test_operations_asked_for_are_shown(self):
        self.mobile.request_suspension(self.reason_suspend.code, when="2026-11-01")
        (row,) = self._sections()["operations"]["rows"]
        self.assertEqual(row["model"], "telecom.subscription.operation")
        self.assertIn(self.mobile.display_name, row["cells"])
        self.assertEqual(row["level"], "warning")

    def test_contact_shows_its_customer(self):
        contact = self._create_partner(
            "Door", type="delivery", parent_id=self.partner.id
        )
        summary = contact.with_user(self.users["agent"]).customer_summary()
        self.assertEqual(summary["id"], self.partner.id)

    def test_summary_takes_as_many_queries_whatever_there_is(self):
        def read():
            self.env.invalidate_all()
            self._sections()

        self._create_bill()
        read()
        few = self._count_queries(read)
        for number in range(6):
            self._create_subscription(account=self.account, state="active")
            self._create_bill(price=number + 1)
        many = self._count_queries(read)
        self.assertEqual(many, few)
        self.assertLessEqual(many, 60)

    def test_customer_is_found_by_whatever_is_said(self):
        Partner = self.env["res.partner"].with_user(self.users["agent"])
        self.env["telecom.external.id"]._link(self.partner, "crm", "C-7")
        for text in (
            "612 34 56 78",
            "699 88 77 66",
            "40001111v",
            "MARIA@example.org",
            "es91 2100 0418 4502 0005 1332",
            self.mobile.code,
            self.account.code,
            "C-7",
        ):
            with self.subTest(text):
                found = Partner.find_customer(text)
                self.assertIn(self.partner.id, [row["id"] for row in found])
        self.assertIn(
            self.partner.id, [row["id"] for row in Partner.find_customer("ria sol")]
        )
        self.assertEqual(Partner.find_customer("x"), [])

    def test_button_opens_the_view_of_the_customer(self):
        action = self.partner.action_open_summary()
        self.assertEqual(action["tag"], "telecom_customer_summary")
        self.assertEqual(action["context"]["active_id"], self.partner.id)
