# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import NOW, TODAY
from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMembershipServices(MembershipCommon):
    """What a membership, or an agreement, is good for; and the receipt of a request."""

    def test_activation_asks_for_the_membership_where_members_only_are_served(self):
        stranger = self._create_subscription(
            account=self._create_billing_account(self._create_partner("Stranger")),
            msisdn="612000001",
        )
        member = self._create_member()
        own = self._create_subscription(
            account=self._create_billing_account(member.partner_id),
            msisdn="612000002",
        )
        self.company.cooperative_requires_membership = True
        with self.assertRaisesRegex(UserError, "Stranger is no member"):
            stranger.activate()
        own.activate()
        self.assertEqual(own.telecom_state, "active")
        self.company.cooperative_requires_membership = False
        stranger.activate()
        self.assertEqual(stranger.telecom_state, "active")

    def test_people_of_an_agreement_have_its_offerings_at_its_prices(self):
        flats = self._create_flats(offering_ids=self.offering_mobile.product_tmpl_id)
        tenant = self._create_member("T", kind="agreement", agreement_id=flats.id)
        account = self._create_billing_account(tenant.partner_id)
        mobile = self._create_subscription(account=account, msisdn="612000003")
        self.assertEqual(mobile.contract_line_ids.price_unit, 7.5)
        mobile.activate()
        fibre = self._create_subscription(self.offering_fibre, account=account)
        with self.assertRaisesRegex(UserError, "does not include"):
            fibre.activate()
        stranger = self._create_subscription(msisdn="612000004")
        self.assertEqual(stranger.contract_line_ids.price_unit, 10)

    def test_offerings_of_an_agreement_are_told_with_its_prices(self):
        flats = self._create_flats(offering_ids=self.offering_mobile.product_tmpl_id)
        tenant = self._create_member("T", kind="agreement", agreement_id=flats.id)
        offer = self.env["product.template"].available_offerings
        for asked in (
            {"agreement_code": "flats"},
            {"partner": tenant.partner_id.id, "channel": "agent"},
        ):
            with self.subTest(asked):
                found = {one["code"]: one for one in offer(**asked)}
                self.assertEqual(
                    {one["price_without_tax"] for one in found.values()}, {"7.50"}
                )
                self.assertEqual(
                    [one["id"] for one in found.values()],
                    self.offering_mobile.product_tmpl_id.ids,
                )
        with self.assertRaisesRegex(UserError, "no agreement NOWHERE"):
            offer(agreement_code="NOWHERE")

    def _create_flats(self, offering_ids):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Flats",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": offering_ids.id,
                            "compute_price": "fixed",
                            "fixed_price": 7.5,
                        },
                    )
                ],
            }
        )
        return self.env["cooperative.agreement"].create(
            {
                "name": "Flats",
                "code": "FLATS",
                "partner_id": self.partner.id,
                "start_date": "2026-01-01",
                "offering_ids": [(6, 0, offering_ids.ids)],
                "pricelist_id": pricelist.id,
            }
        )

    def test_agent_changes_the_sponsor_by_dialog_and_programs_by_code(self):
        agent = new_test_user(
            self.env, "sponsor_agent", groups="somconnexio_base.group_telecom_agent"
        )
        first, second = self._create_member("S1"), self._create_member("S2")
        sponsored = self._create_member(
            "A", kind="sponsored", sponsor_code=first.sponsor_code
        )
        wizard = (
            self.env["cooperative.sponsor.wizard"]
            .with_user(agent)
            .create({"membership_ids": sponsored.ids, "sponsor_code": "nobody"})
        )
        with self.assertRaisesRegex(UserError, "compare each letter"):
            wizard.action_apply()
        wizard.sponsor_code = second.sponsor_code.lower()
        self.assertEqual(wizard.sponsor_id, second)
        wizard.action_apply()
        self.assertEqual(sponsored.sponsor_id, second)
        sponsored.with_user(agent).set_sponsor(first.sponsor_code)
        self.assertEqual(sponsored.sponsor_id, first)
        self.company.cooperative_max_sponsored = 1
        with self.assertRaisesRegex(UserError, "the most is 1"):
            self._create_member(
                "B", kind="sponsored", sponsor_code=second.sponsor_code
            ).set_sponsor(first.sponsor_code)

    def test_agent_lets_sponsored_people_go_without_the_board(self):
        agent = new_test_user(
            self.env, "leaving_agent", groups="somconnexio_base.group_telecom_agent"
        )
        sponsor = self._create_member("S")
        sponsored = self._create_member(
            "A", kind="sponsored", sponsor_code=sponsor.sponsor_code
        )
        Leaving = self.env["cooperative.leaving"].with_user(agent)
        Leaving.create({"membership_id": sponsored.id}).action_resolve()
        self.assertEqual(sponsored.state, "left")
        own = Leaving.create({"membership_id": sponsor.id, "resolution_date": TODAY})
        with self.assertRaisesRegex(UserError, "Only these roles"):
            own.action_resolve()

    def test_view_of_a_customer_shows_what_is_owed_either_way(self):
        member = self._create_member(instalment_count=2)
        member.call_ids[1]._call(self.company._telecom_today())
        sections = member.partner_id.customer_summary()["sections"]
        facts = next(s for s in sections if s["code"] == "memberships")["facts"]
        self.assertEqual(facts[1]["value"], self.company.currency_id.format(50))
        self.assertEqual(facts[1]["level"], "warning")

    def test_new_person_is_mailed_once_that_the_request_has_come(self):
        request = self._create_request("Núria Nova", email="nuria@example.org")
        mail = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertEqual(len(mail), 1)
        self.assertIn("nuria@example.org", mail.email_to)
        self.assertIn(request.code, mail.subject)
        self.assertTrue(request.receipt_mailed_at)
        request.action_cancel()
        request.action_receive()
        self.assertEqual(
            mail,
            self.env["mail.mail"].search(
                [("model", "=", request._name), ("res_id", "=", request.id)]
            ),
        )

    def test_known_person_gets_a_notice_instead(self):
        self.partner.email = "known@example.org"
        request = self._create_request(partner_id=self.partner.id)
        self.assertFalse(request.receipt_mailed_at)
        notice = self.env["telecom.notice"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertEqual(notice.partner_id, self.partner)
