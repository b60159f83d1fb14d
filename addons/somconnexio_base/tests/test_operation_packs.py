# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .catalogue_common import CatalogueCommon
from .common import NOW, TODAY
from .operation_common import DOCUMENTS

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


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestHolderChangeOfPacks(CatalogueCommon):
    """A pack of fibre and three mobiles, of which one or all are passed on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.telecom_holder_document_count = 1
        (cls.pack_1 | cls.pack_2).telecom_is_pack_only = True
        cls.Operation = cls.env["telecom.subscription.operation"]
        cls.account = cls._create_billing_account()
        cls.line = cls._create_member(cls.fibre)
        cls.anna, cls.berta, cls.carla = (cls._create_member() for _i in range(3))
        cls.members = cls.line | cls.anna | cls.berta | cls.carla
        cls.group = cls.members.join_pack(cls.pack, cls._day(TODAY))
        cls.pere = cls._create_partner("Pere Pons", email="pere@example.org")

    def _pass_on(self, subscription, when="now", **terms):
        """Ask for the change of holder and return the operations."""
        terms = {"documents": DOCUMENTS, **terms}
        answers = subscription.request_holder_change(self.pere.id, when, terms)
        return self.Operation.browse([answer["id"] for answer in answers])

    def _pass_on_pack(self, when="now"):
        return self._pass_on(self.anna, when, is_whole_pack=True)

    def _run_on(self, day):
        with freeze_time(f"{day} 03:00:00"):
            self._run_cron("cron_operation")

    def test_whole_pack_goes_over_with_its_tariffs_and_its_discount(self):
        operations = self._pass_on_pack()
        new = operations.new_subscription_id
        self.assertEqual(set(operations.mapped("state")), {"done"})
        self.assertEqual(operations.subscription_id, self.members)
        self.assertEqual(set(self.members.mapped("telecom_state")), {"terminated"})
        self.assertEqual((len(new), new.partner_id), (4, self.pere))
        self.assertEqual(len(new.telecom_billing_account_id), 1)
        group = new.telecom_pack_group_id
        self.assertEqual((group.pack_id, len(group.member_ids)), (self.pack, 4))
        self.assertTrue(group.is_complete)
        self.assertNotEqual(group, self.group)
        for operation in operations:
            old, successor = operation.subscription_id, operation.new_subscription_id
            self.assertEqual(
                successor.assignment_ids.resource_id, old.assignment_ids.resource_id
            )
            if old == self.line:
                products = successor.contract_line_ids.product_id
                self.assertEqual(products, self.fibre | self.discount)
            else:
                self._assert_offering(successor, self.pack_2, TODAY)

    def test_one_service_leaves_its_pack_and_its_siblings_get_less(self):
        operation = self._pass_on(self.anna)
        new = operation.new_subscription_id
        self.assertEqual(new.partner_id, self.pere)
        self.assertFalse(new.telecom_pack_group_id)
        self._assert_offering(new, self.single, TODAY)
        self._assert_offering(self.berta, self.pack_2, TODAY)
        discount = self.line.contract_line_ids.filtered(
            lambda line: line.product_id == self.discount
        )
        self.assertFalse(discount)
        self.assertEqual(self.line.telecom_state, "active")

    def test_pack_planned_for_a_day_waits_together_and_is_done_together(self):
        operations = self._pass_on_pack(LATER)
        leader = operations.filtered(lambda one: not one.leader_id)
        self.assertEqual(leader.subscription_id, self.anna)
        self.assertEqual(leader.follower_ids, operations - leader)
        self.assertEqual(set(operations.mapped("state")), {"planned"})
        for member in self.members:
            self.assertIn(LATER, member.pending_operation_text)
        self._run_on(LATER)
        self.assertEqual(set(operations.mapped("state")), {"done"})
        self.assertEqual(len(operations.new_subscription_id), 4)

    def test_pack_with_one_that_cannot_go_stays_whole(self):
        self.berta.suspend(self.reason_suspend)
        with self.assertRaisesRegex(UserError, "is Suspended"), self.cr.savepoint():
            self._pass_on_pack()
        self.assertEqual(self.anna.telecom_state, "active")
        self.assertFalse(self.members.operation_ids)

    def test_pack_that_fails_on_its_day_fails_together_and_is_tried_again(self):
        operations = self._pass_on_pack(LATER)
        self.berta.suspend(self.reason_suspend)
        self._run_on(LATER)
        self.assertEqual(set(operations.mapped("state")), {"failed"})
        self.assertEqual(self.anna.telecom_state, "active")
        with freeze_time(f"{LATER} 09:00:00"):
            self.berta.resume("2026-10-31")
            operations.action_retry()
        self.assertEqual(set(operations.mapped("state")), {"done"})

    def test_pack_is_called_off_together_and_not_one_by_one(self):
        operations = self._pass_on_pack(LATER)
        followers = operations.filtered("leader_id")
        with self.assertRaisesRegex(UserError, "goes along with"):
            followers[0].action_cancel()
        operations.action_cancel()
        self.assertEqual(set(operations.mapped("state")), {"cancelled"})

    def test_service_that_ends_before_the_day_does_not_hold_up_the_others(self):
        operations = self._pass_on_pack(LATER)
        ended = operations.filtered(lambda one: one.subscription_id == self.berta)
        self.berta.terminate(self.reason_terminate)
        self.assertEqual(ended.state, "cancelled")
        self._run_on(LATER)
        self.assertEqual(set((operations - ended).mapped("state")), {"done"})
        new = operations.new_subscription_id
        self.assertEqual((len(new), new.partner_id), (3, self.pere))

    def test_pack_whose_leader_ends_before_the_day_is_called_off(self):
        operations = self._pass_on_pack(LATER)
        self.anna.terminate(self.reason_terminate)
        self.assertEqual(set(operations.mapped("state")), {"cancelled"})

    def test_preview_of_the_whole_pack_shows_each_service(self):
        preview = self.anna.preview_operation(
            "change_holder",
            LATER,
            {"partner_id": self.pere.id, "is_whole_pack": True},
        )[0]
        subjects = {change["subject"] for change in preview["changes"]}
        self.assertTrue(set(self.members.mapped("display_name")) <= subjects)
        self.assertFalse(self.members.operation_ids)
        self.assertFalse(self.pere.telecom_billing_account_ids)

    def test_service_in_no_pack_has_none_to_take_along(self):
        single = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "in no pack"):
            self._pass_on(single, is_whole_pack=True)

    def test_both_members_chosen_in_the_dialog_are_passed_on_once(self):
        wizard = self.env["telecom.operation.wizard"].create(
            {
                "kind": "change_holder",
                "subscription_ids": (self.anna | self.berta).ids,
                "partner_id": self.pere.id,
                "is_whole_pack": True,
                "when": "now",
            }
        )
        self.assertIn(self.line.display_name, wizard.pack_text)
        self.company.telecom_holder_document_count = 0
        action = wizard.action_apply()
        self.assertEqual(len(self.members.operation_ids), 4)
        new = self.members.operation_ids.new_subscription_id
        shown = self.env["contract.contract"].search(action["domain"])
        self.assertEqual(shown, new)
