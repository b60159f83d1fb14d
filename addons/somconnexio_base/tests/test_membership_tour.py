# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, tagged

from .membership_common import MembershipCommon


@tagged("post_install", "-at_install")
class TestMembershipTour(HttpCase, MembershipCommon):
    def test_somebody_joins_pays_and_gets_a_certificate(self):
        self.env.ref("base.user_admin").lang = "en_US"
        self.start_tour(
            "/odoo/cooperative-requests", "somconnexio_base_join", login="admin"
        )
        membership = self.Membership.search([("partner_id.name", "=", "Tour Joiner")])
        self.assertEqual(membership.state, "active")
        self.assertEqual(membership.partner_id.vat, "ES40005555E")
        self.assertEqual(membership.paid_amount, 100)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", membership._name), ("res_id", "=", membership.id)]
        )
        self.assertEqual(attachment.mimetype, "application/pdf")
