# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestPartner(SomconnexioCommon):
    def test_counts_of_a_company_hold_those_of_its_contacts(self):
        company = self._create_partner("Garrotxa Verda", is_company=True)
        contact = self._create_partner("Office", parent_id=company.id)
        account = self._create_billing_account(company)
        self._create_subscription(account=account, with_resources=False)
        self._create_subscription(
            account=account, with_resources=False, partner_id=contact.id
        )
        self.assertEqual(company.telecom_subscription_count, 2)
        self.assertEqual(contact.telecom_subscription_count, 1)
        self.assertEqual(company.telecom_billing_account_count, 1)
        self.assertEqual(contact.telecom_billing_account_count, 0)

    def test_counts_of_many_partners_take_as_many_queries_as_of_one(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Member {number}"} for number in range(20)]
        )

        def read(records):
            records.invalidate_recordset()
            records.mapped("telecom_subscription_count")

        read(partners)
        one = self._count_queries(lambda: read(partners[:1]))
        many = self._count_queries(lambda: read(partners))
        self.assertEqual(one, many)

    def test_buttons_open_what_they_count(self):
        account = self._create_billing_account()
        subscription = self._create_subscription(account=account)
        for action, expected in (
            (self.partner.action_view_telecom_subscriptions(), subscription),
            (self.partner.action_view_telecom_billing_accounts(), account),
            (self.partner.action_view_telecom_bills(), self.env["account.move"]),
        ):
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(found, expected)
