# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.tests import tagged

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY

LATER = "2026-11-01"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOperationPacks(CatalogueCommon):
    """What an operation does to the other subscriptions of a pack, and its undo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_billing_account()
        cls.line = cls._create_member(cls.fibre)
        cls.anna, cls.berta = (cls._create_member() for _i in range(2))
        members = cls.line | cls.anna | cls.berta
        cls.group = members.join_pack(cls.pack, cls._day(TODAY))

    def _end(self, subscription=None):
        """Plan the end of a subscription and return the operation."""
        own = subscription or self.anna
        answer = own.request_termination("price", "2026-10-31")
        return self.env["telecom.subscription.operation"].browse(answer[0]["id"])

    def test_preview_of_a_termination_shows_what_the_siblings_get(self):
        preview = self.anna.preview_operation(
            "terminate", "2026-10-31", {"reason_id": "price"}
        )[0]
        of_sibling = [
            (change["change"], change["name"], change.get("from"))
            for change in preview["changes"]
            if change["subject"] == self.berta.display_name
        ]
        self.assertIn(("added", self.pack_1.name, LATER), of_sibling)
        self._assert_offering(self.berta, self.pack_2, LATER)

    def test_termination_taken_back_leaves_the_pack_whole(self):
        operation = self._end()
        self._assert_offering(self.berta, self.pack_1, LATER)
        operation.action_cancel()
        self.assertEqual(operation.state, "cancelled")
        self._assert_offering(self.berta, self.pack_2, LATER)
        self.assertTrue(self.anna.telecom_pack_group_id)

    def test_change_of_tariff_out_of_the_pack_is_undone_with_the_siblings(self):
        answer = self.anna.request_tariff_change(self.offering_mobile_large.id, LATER)
        operation = self.env["telecom.subscription.operation"].browse(answer[0]["id"])
        self._assert_offering(self.anna, self.offering_mobile_large, LATER)
        self._assert_offering(self.berta, self.pack_1, LATER)
        operation.action_cancel()
        for mobile in self.anna | self.berta:
            self._assert_offering(mobile, self.pack_2, LATER)
        members = self.group.member_ids
        self.assertFalse(any(members.mapped("end_date")))
