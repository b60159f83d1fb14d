# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
class TestPartnerMembership(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member("Laia Tarragó")
        cls.agent = new_test_user(
            cls.env, "test_care", "somconnexio_base.group_telecom_agent"
        )

    def test_membership_is_shown_in_the_view_of_the_customer(self):
        partner = self.member.partner_id.with_user(self.agent)
        sections = {
            part["code"]: part for part in partner.customer_summary()["sections"]
        }
        (row,) = sections["membership"]["rows"]
        self.assertEqual((row["model"], row["id"]), (self.member._name, self.member.id))
        self.assertEqual(row["cells"][0], self.member.number)
        self.assertIn("100", row["cells"][-1])
        self.assertEqual(row["level"], "success")

    def test_two_members_are_never_merged(self):
        other = self._create_member("Laia Tarragó Vives")
        partners = self.member.partner_id | other.partner_id
        self.assertIn("Both are members", " ".join(partners._merge_problems()))
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)], "dst_partner_id": partners[0].id}
        )
        with self.assertRaisesRegex(UserError, "Both are members"):
            wizard.action_merge()
