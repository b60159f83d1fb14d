# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

from ..models.catalogue.pack_plan import PackPlan

MODULE = "somconnexio_base"
DEMO_FILES = (
    "demo/telecom_offering.xml",
    "demo/telecom_member.xml",
    "demo/notice/telecom_notice.xml",
    "demo/catalogue/catalogue.xml",
    "demo/catalogue/customer_packs.xml",
)


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demonstration loads anywhere, as the set-up loads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("ca_ES", "es_ES"):
            cls.env["res.lang"]._activate_lang(code)
        if not cls.env.ref(f"{MODULE}.subscription_maria_fibre", False):
            for path in DEMO_FILES:
                convert_file(cls.env, MODULE, path, {}, mode="init", noupdate=True)
        if not cls.env.ref(f"{MODULE}.agreement_green_flats", False):
            path = "demo/membership/cooperative_membership.xml"
            convert_file(cls.env, MODULE, path, {}, mode="init", noupdate=True)
        rows = cls.env["ir.model.data"].search(
            [("module", "=", MODULE), ("name", "=like", "subscription_%")]
        )
        cls.subscriptions = cls.env["contract.contract"].browse(
            rows.filtered(lambda row: row.model == "contract.contract").mapped("res_id")
        )

    def test_demonstration_shows_every_state(self):
        states = set(self.subscriptions.mapped("telecom_state"))
        self.assertEqual(states, {"pending", "active", "suspended", "terminated"})

    def test_one_member_has_two_mobiles_and_a_fibre_line(self):
        account = self.env.ref(f"{MODULE}.billing_account_maria")
        by_type = account.subscription_ids.grouped(
            lambda subscription: subscription.telecom_service_type_id.code
        )
        self.assertEqual(len(by_type["mobile"]), 2)
        self.assertIn("fibre", by_type)

    def test_published_prices_come_out_with_tax(self):
        for name, published in (
            ("mobile_unl_10gb", 12),
            ("mobile_2_shared_50gb", 7.5),
            ("fibre_600", 43),
            ("fibre_100_sf", 31.5),
            ("router_4g", 43),
        ):
            offering = self.env.ref(f"{MODULE}.offering_{name}")
            with self.subTest(name):
                self.assertEqual(round(offering.list_price * 1.21, 2), published)

    def test_demonstration_has_members_and_a_request_to_decide(self):
        maria = self.env.ref(f"{MODULE}.partner_maria")
        self.assertTrue(maria.is_cooperative_member)
        laia = self.env.ref(f"{MODULE}.partner_laia").membership_ids
        self.assertEqual((laia.paid_amount, len(laia.call_ids)), (40, 6))
        request = self.env.ref(f"{MODULE}.membership_request_jordi")
        self.assertEqual(request.state, "received")
        self.assertFalse(request.problems)

    def test_packs_of_the_demonstration_give_what_their_members_have(self):
        groups = self.subscriptions.pack_member_ids.group_id
        self.assertEqual(len(groups), 3)
        for group in groups:
            first = min(group.member_ids.mapped("start_date"))
            plan = PackPlan(group.pack_id, group, first)
            self.assertTrue(group.is_complete)
            self.assertEqual(plan.effects(), [])

    def test_demonstration_shows_a_notice_that_arrived_and_one_that_came_back(self):
        names = ("notice_demo_maria", "notice_demo_jordi")
        states = [self.env.ref(f"{MODULE}.{name}").state for name in names]
        self.assertEqual(states, ["delivered", "bounced"])
