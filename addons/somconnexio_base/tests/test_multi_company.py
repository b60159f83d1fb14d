# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMultiCompany(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {"name": "Islands", "telecom_timezone": "Atlantic/Canary"}
        )
        cls.other_account = cls._create_billing_account(company_id=cls.other_company.id)
        cls.own = cls._create_subscription()
        cls.other = cls._create_subscription(account=cls.other_account)
        cls.user = new_test_user(
            cls.env,
            "test_one_company",
            "somconnexio_base.group_telecom_admin",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def test_records_of_another_company_are_not_seen(self):
        for other in (
            self.other,
            self.other_account,
            self.other.assignment_ids,
            self.other.assignment_ids.resource_id,
            self.other.transition_ids,
            self.other.contract_line_ids,
        ):
            with self.subTest(other._name):
                model = other.with_user(self.user)
                self.assertFalse(model.search([("id", "in", other.ids)]))
                with self.assertRaises(AccessError):
                    model.read(["display_name"])

    def test_subscription_belongs_to_the_company_of_its_account(self):
        self.assertEqual(self.other.company_id, self.other_company)
        self.assertEqual(self.other.assignment_ids.company_id, self.other_company)

    def test_account_of_another_company_is_refused(self):
        with self.assertRaises(UserError):
            self.own.telecom_billing_account_id = self.other_account

    def test_resource_of_another_company_is_refused(self):
        resource = self._create_resource("msisdn", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self._assign(self.own, resource)

    def test_each_company_counts_its_own_days(self):
        with freeze_time("2026-10-15 22:30:00"):
            (self.own | self.other).activate()
        self.assertEqual(str(self.own.activation_date), "2026-10-16")
        self.assertEqual(str(self.other.activation_date), "2026-10-15")

    def test_company_with_its_own_sequence_uses_it(self):
        self.env["ir.sequence"].create(
            {
                "name": "Islands",
                "code": "telecom.billing.account",
                "prefix": "ISL",
                "padding": 3,
                "company_id": self.other_company.id,
            }
        )
        accounts = self.env["telecom.billing.account"].create(
            [
                {"partner_id": self.partner.id, "company_id": company.id}
                for company in (self.other_company, self.company)
            ]
        )
        self.assertEqual(accounts[0].code, "ISL001")
        self.assertRegex(accounts[1].code, r"^BA\d{5}$")

    def test_company_without_any_sequence_is_told_which_to_make(self):
        self._ref("sequence_telecom_billing_account").company_id = self.company
        with self.assertRaisesRegex(UserError, "no sequence telecom.billing.account"):
            self._create_billing_account(company_id=self.other_company.id)
