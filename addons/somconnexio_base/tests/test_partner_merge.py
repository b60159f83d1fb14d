# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import SomconnexioCommon


@tagged("post_install", "-at_install")
class TestPartnerMerge(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["telecom.external.id"]
        cls.keeper = cls._create_partner(
            "Laia Tarragó Vives", email="laia@example.org", phone="+34612998877"
        )
        cls.again = cls._create_partner(
            "TARRAGO VIVES, LAIA", email="laia@example.org", phone="612 99 88 77"
        )
        cls.third = cls._create_partner(
            "L. Tarragó Vives", email="laia@example.org", phone="+34 612998877"
        )
        cls.subscription = cls._create_subscription(
            account=cls._create_billing_account(cls.again), state="active"
        )
        cls.agent = new_test_user(
            cls.env, "test_care", "somconnexio_base.group_telecom_agent"
        )

    def _merge(self, source, target, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        if user:
            wizard = wizard.with_user(user)
        wizard = wizard.create(
            {
                "partner_ids": [(6, 0, (source | target).ids)],
                "dst_partner_id": target.id,
                "state": "selection",
            }
        )
        wizard.action_merge()

    def test_what_other_systems_know_survives(self):
        self.links._link(self.again, "crm", "C-2")
        self.links._link(self.keeper, "crm", "C-1")
        self.links._link(self.subscription, "tryton", "S-9")
        gone_id = self.again.id
        self._merge(self.again, self.keeper, self.agent)
        for system, name in (("crm", "C-1"), ("crm", "C-2"), ("merged", gone_id)):
            with self.subTest(name):
                found = self.links._find("res.partner", system, name)
                self.assertEqual(found, self.keeper)
        found = self.links._find("contract.contract", "tryton", "S-9")
        self.assertEqual(found, self.subscription)

    def test_subscriptions_and_accounts_are_the_keepers(self):
        self._merge(self.again, self.keeper, self.agent)
        self.assertFalse(self.again.exists())
        self.assertEqual(self.subscription.partner_id, self.keeper)
        self.assertEqual(self.subscription.commercial_partner_id, self.keeper)
        account = self.subscription.telecom_billing_account_id
        self.assertEqual(account.partner_id, self.keeper)
        self.assertEqual(account.commercial_partner_id, self.keeper)
        codes = {
            row["code"]: row["count"]
            for row in self.keeper.customer_summary()["sections"]
        }
        self.assertEqual(codes["subscriptions"], 1)

    def test_ids_of_the_database_survive_a_chain_of_merges(self):
        first_id, second_id = self.again.id, self.third.id
        self._merge(self.again, self.third)
        self._merge(self.third, self.keeper)
        for gone_id in (first_id, second_id):
            found = self.links._find("res.partner", "merged", gone_id)
            self.assertEqual(found, self.keeper)

    def test_decision_about_a_third_partner_holds_for_the_keeper(self):
        stranger = self._create_partner(
            "Laia Tarragó", email="laia@example.org", phone="612998877"
        )
        self.again.decide_duplicate(stranger.id, "not_duplicate", "her aunt")
        self._merge(self.again, self.keeper)
        pairs = self.env["telecom.partner.duplicate"].search(
            [("partner_id", "in", (self.keeper | stranger).ids)]
        )
        about = pairs.filtered(lambda pair: pair.other_partner_id == stranger)
        self.assertEqual(about.partner_id, self.keeper)
        self.assertEqual((about.state, about.note), ("not_duplicate", "her aunt"))
        open_pairs = pairs.filtered(lambda pair: pair.state == "open")
        self.assertNotIn(self.again, open_pairs.partner_id)

    def test_keys_of_the_keeper_are_those_of_its_data(self):
        self._merge(self.again, self.keeper)
        found = self.env["telecom.partner.key"].search(
            [("partner_id", "=", self.keeper.id)]
        )
        self.assertEqual(
            {(key.kind, key.value) for key in found}, self.keeper._data_keys()
        )

    def test_two_valid_tax_ids_are_never_merged(self):
        self.keeper.vat = "ES40001111V"
        self.again.vat = "ES40002222R"
        with self.assertRaisesRegex(UserError, "Two valid tax IDs"):
            self._merge(self.again, self.keeper)
        self.again.vat = "ESX1234567L"
        self._merge(self.again, self.keeper)
        self.assertEqual(self.keeper.vat, "ES40001111V")

    def test_person_and_entity_are_never_merged(self):
        self.again.is_company = True
        with self.assertRaisesRegex(UserError, "a person and an entity"):
            self._merge(self.again, self.keeper)

    def test_partners_of_two_companies_are_never_merged(self):
        self.keeper.company_id = self.company
        other = self.env["res.company"].create({"name": "Islands"})
        self.third.company_id = other
        with self.assertRaisesRegex(UserError, "different companies"):
            self._merge(self.third, self.keeper)

    def test_pair_opens_the_dialog_with_both(self):
        pair_id = self.again.with_user(self.agent).decide_duplicate(
            self.keeper.id, "open"
        )
        pair = self.env["telecom.partner.duplicate"].browse(pair_id)
        action = pair.with_user(self.agent).action_merge()
        self.assertEqual(action["res_model"], "base.partner.merge.automatic.wizard")
        self.assertEqual(
            set(action["context"]["active_ids"]), set((self.keeper | self.again).ids)
        )
        self.assertEqual(pair.state, "duplicate")

    def test_different_mails_are_merged_by_the_administrator_only(self):
        self.again.email = "old@example.org"
        with self.assertRaisesRegex(UserError, "same email"):
            self._merge(self.again, self.keeper, self.agent)
        admin = new_test_user(
            self.env, "test_admin", "somconnexio_base.group_telecom_admin"
        )
        self._merge(self.again, self.keeper, admin)
        self.assertFalse(self.again.exists())
