# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, tagged

from .catalogue_common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestCatalogueTour(HttpCase, CatalogueCommon):
    def test_agent_makes_a_pack_with_the_simulator(self):
        partner = self._create_partner("Tour Pack")
        self.account = self._create_billing_account(partner)
        type(self).account = self.account
        line = self._create_member(self.fibre)
        mobile = self._create_member(msisdn="612345679")
        self.start_tour(
            "/odoo/telecom-subscriptions", "somconnexio_base_pack", login="admin"
        )
        group = mobile.telecom_pack_group_id
        self.assertEqual(group.member_ids.subscription_id, line | mobile)
        today = mobile._telecom_today()
        self.assertEqual(mobile._tariff_in_force(today).product_id, self.pack_1)
