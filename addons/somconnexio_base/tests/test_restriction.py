# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .common import NOW, TODAY, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRestriction(SomconnexioCommon):
    """A part of the service is barred, beside the life of the subscription."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscription(state="active")
        cls.reason = cls.reason_suspend

    def _told(self, code):
        return self.env["telecom.notice"].search(
            [("kind_id.code", "=", code), ("res_id", "=", self.subscription.id)]
        )

    def test_restriction_then_wider_then_lifted_leaves_its_history(self):
        self.subscription.restrict("data", self.reason)
        self.assertEqual(self.subscription.restriction_kind, "data")
        self.assertEqual(str(self.subscription.restriction_date), TODAY)
        self.subscription.restrict("outgoing", self.reason)
        self.subscription.lift_restriction()
        self.assertFalse(self.subscription.restriction_kind)
        self.assertEqual(
            [
                (row.from_kind, row.to_kind)
                for row in self.subscription.restriction_ids.sorted("id")
            ],
            [(False, "data"), ("data", "outgoing"), ("outgoing", False)],
        )
        self.assertEqual(len(self._told("subscription_restricted")), 2)
        self.assertEqual(len(self._told("restriction_lifted")), 1)

    def test_notice_of_a_restriction_says_what_is_barred(self):
        self.subscription.restrict("data", self.reason)
        kind = self._told("subscription_restricted").kind_id
        words = kind._render([self.subscription.id], "en_US")[self.subscription.id]
        self.assertIn("Barred: data", words.body)
        self.assertIn("112", words.body)

    def test_other_systems_are_told_what_is_barred_since_when_and_why(self):
        Webhook = type(self.env["telecom.webhook"])
        with patch.object(Webhook, "_publish") as publish:
            self.subscription.restrict("data", self.reason)
            self.subscription.lift_restriction()
        details = {"change": "restriction", "effective_date": TODAY}
        barred = {**details, "restriction": "data", "reason": "non_payment"}
        lifted = {**details, "restriction": None}
        self.assertEqual(
            [call.args[-1] for call in publish.call_args_list], [barred, lifted]
        )
        self.assertEqual(publish.call_args.args[0], "subscription.changed")

    def test_suspension_and_restriction_do_not_touch_each_other(self):
        self.subscription.restrict("outgoing", self.reason)
        self.subscription.suspend(self.reason)
        self.subscription.resume()
        self.assertEqual(self.subscription.restriction_kind, "outgoing")
        self.subscription.lift_restriction()
        self.assertEqual(self.subscription.telecom_state, "active")

    def test_ended_subscription_has_no_restriction_left(self):
        self.subscription.restrict("data", self.reason)
        self.subscription.terminate(self.reason_terminate)
        self.assertFalse(self.subscription.restriction_kind)
        self.assertFalse(self._told("restriction_lifted"))
        with self.assertRaisesRegex(UserError, "Terminated"):
            self.subscription.restrict("data", self.reason)

    def test_what_makes_no_sense_is_refused_with_words(self):
        restrict = self.subscription.restrict
        with self.assertRaisesRegex(UserError, "There are: data, outgoing"):
            restrict("everything", self.reason)
        with self.assertRaisesRegex(UserError, "one reason of the kind"):
            restrict("data", self.reason_terminate)
        with self.assertRaisesRegex(UserError, "in the future"):
            restrict("data", self.reason, "2026-10-16")
        with self.assertRaisesRegex(UserError, "has no restriction"):
            self.subscription.lift_restriction()
        restrict("data", self.reason)
        with self.assertRaisesRegex(UserError, "has this restriction already"):
            restrict("data", self.reason)
        with self.assertRaisesRegex(UserError, "that day or a later one"):
            restrict("outgoing", self.reason, "2026-10-14")

    def test_fields_and_history_are_written_by_no_one(self):
        with self.assertRaisesRegex(UserError, "lift the restriction"):
            self.subscription.write({"restriction_kind": "data"})
        with self.assertRaisesRegex(UserError, "lift the restriction"):
            self._create_subscription(restriction_kind="data")
        self.subscription.restrict("data", self.reason)
        row = self.subscription.restriction_ids
        for change in (lambda: row.write({"to_kind": False}), row.unlink):
            with self.assertRaisesRegex(UserError, "cannot be changed afterwards"):
                change()
        for name in ("restrict", "lift_restriction"):
            with self.assertRaises(AccessError):
                get_public_method(self.subscription, name)

    def test_agent_asks_for_it_as_an_operation_and_technician_does_not(self):
        agent, technician = (
            new_test_user(
                self.env, f"r_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "technician")
        )
        asked = self.subscription.with_user(agent)
        preview = asked.preview_operation(
            "restrict", terms={"restriction_kind": "data", "reason_id": "non_payment"}
        )
        self.assertEqual(preview[0]["changes"][0]["name"], "Data barred")
        (answer,) = asked.request_restriction("data", "non_payment")
        self.assertEqual(answer["state"], "done")
        self.assertEqual(self.subscription.restriction_kind, "data")
        asked.request_restriction_lift()
        self.assertFalse(self.subscription.restriction_kind)
        with self.assertRaises(AccessError):
            self.subscription.with_user(technician).request_restriction(
                "data", "non_payment"
            )
