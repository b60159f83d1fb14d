# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSubscriptionLifecycle(SomconnexioCommon):
    def test_activation_sets_state_date_resources_and_history(self):
        subscription = self._create_subscription()
        subscription.activate("2026-09-01")
        self.assertEqual(subscription.telecom_state, "active")
        self.assertEqual(subscription.activation_date, date(2026, 9, 1))
        resources = subscription.assignment_ids.resource_id
        self.assertEqual(set(resources.mapped("state")), {"active"})
        last = self._history(subscription)[-1]
        self.assertEqual((last.from_state, last.to_state), ("pending", "active"))
        self.assertEqual(last.effective_date, date(2026, 9, 1))
        self.assertEqual(last.user_id, self.env.user)

    def test_activation_without_date_is_today_in_the_companys_time_zone(self):
        subscription = self._create_subscription()
        with freeze_time("2026-10-15 22:30:00"):
            subscription.activate()
        self.assertEqual(subscription.activation_date, date(2026, 10, 16))

    def test_activation_moves_planned_lines_to_its_day(self):
        subscription = self._create_subscription(start="2026-09-01")
        addon = self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": self.addon.id,
                "date_start": "2026-09-01",
            }
        )
        subscription.activate("2026-09-20")
        self.assertEqual(
            set(subscription.contract_line_ids.mapped("date_start")),
            {date(2026, 9, 20)},
        )
        self.assertEqual(addon.recurring_next_date, date(2026, 9, 20))

    def test_activation_before_the_planned_day_brings_the_tariff_forward(self):
        subscription = self._create_subscription(start="2026-10-10")
        subscription.assignment_ids.write({"start_at": "2026-09-01"})
        subscription.activate("2026-10-01")
        self.assertEqual(subscription.contract_line_ids.date_start, date(2026, 10, 1))

    def test_activation_without_tariff_is_refused(self):
        subscription = self._create_subscription()
        subscription.contract_line_ids.unlink()
        with self.assertRaisesRegex(UserError, f"{subscription.code}.*no tariff"):
            subscription.activate()

    def test_activation_without_a_needed_resource_is_refused_by_its_name(self):
        subscription = self._create_subscription(with_resources=False)
        self._assign(subscription, self._create_resource("msisdn"))
        with self.assertRaisesRegex(UserError, "needs SIM card on 2026-10-15"):
            subscription.activate()

    def test_activation_on_a_day_without_the_resource_is_refused(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(UserError, "on 2026-08-31"):
            subscription.activate("2026-08-31")

    def test_activation_in_the_future_is_refused(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(UserError, "2026-10-16 is in the future"):
            subscription.activate("2026-10-16")

    def test_suspension_and_resumption_set_and_clear_day_and_reason(self):
        subscription = self._create_subscription(state="active")
        subscription.suspend(self.reason_suspend, "2026-10-01")
        self.assertEqual(subscription.telecom_state, "suspended")
        self.assertEqual(subscription.suspension_date, date(2026, 10, 1))
        self.assertEqual(subscription.suspension_reason_id, self.reason_suspend)
        last = self._history(subscription)[-1]
        self.assertEqual(last.reason_id, self.reason_suspend)
        subscription.resume("2026-10-02")
        self.assertEqual(subscription.telecom_state, "active")
        self.assertFalse(subscription.suspension_date)
        self.assertFalse(subscription.suspension_reason_id)

    def test_suspension_keeps_tariff_and_resources(self):
        subscription = self._create_subscription(state="suspended")
        self.assertFalse(subscription.contract_line_ids.date_end)
        self.assertEqual(
            set(subscription.assignment_ids.resource_id.mapped("state")), {"active"}
        )

    def test_illegal_verb_names_subscription_state_and_way_out(self):
        cases = (
            ("pending", lambda s: s.suspend(self.reason_suspend), "suspended"),
            ("pending", lambda s: s.resume(), "resumed"),
            ("active", lambda s: s.activate(), "activated"),
            ("active", lambda s: s.resume(), "resumed"),
            ("suspended", lambda s: s.activate(), "activated"),
            ("suspended", lambda s: s.suspend(self.reason_suspend), "suspended"),
            ("terminated", lambda s: s.activate(), "activated"),
            ("terminated", lambda s: s.resume(), "resumed"),
            ("terminated", lambda s: s.terminate(self.reason_terminate), "terminated"),
        )
        for state, verb, word in cases:
            subscription = self._create_subscription(state=state)
            pattern = f"{subscription.code}.* is {state.title()} and cannot be {word}"
            with self.subTest(pattern), self.assertRaisesRegex(UserError, pattern):
                verb(subscription)

    def test_illegal_one_in_a_batch_changes_none(self):
        subscriptions = self._create_subscription(
            state="active"
        ) | self._create_subscription(state="suspended")
        with self.assertRaises(UserError), self.cr.savepoint():
            subscriptions.suspend(self.reason_suspend)
        self.assertEqual(subscriptions.mapped("telecom_state"), ["active", "suspended"])

    def test_contract_that_is_no_subscription_is_told_so(self):
        contract = self.env["contract.contract"].create(
            {"name": "Rent", "partner_id": self.partner.id}
        )
        with self.assertRaisesRegex(UserError, "not a telecom subscription"):
            contract.activate()

    def test_change_before_the_last_change_is_refused(self):
        subscription = self._create_subscription(state="active")
        subscription.suspend(self.reason_suspend, "2026-10-10")
        with self.assertRaisesRegex(UserError, "changed state on 2026-10-10"):
            subscription.resume("2026-10-09")

    def test_reason_of_the_other_kind_is_refused(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "kind Suspension"):
            subscription.suspend(self.reason_terminate)
        with self.assertRaisesRegex(UserError, "kind Termination"):
            subscription.terminate(self.env["telecom.lifecycle.reason"])

    def test_history_can_be_neither_changed_nor_deleted(self):
        row = self._create_subscription(state="active").transition_ids[0]
        for change in (lambda: row.write({"to_state": "pending"}), row.unlink):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                change()

    def test_state_change_goes_through_the_one_method_others_extend(self):
        seen = []
        Contract = type(self.env["contract.contract"])
        original = Contract._transition

        def spy(self, to_state, day, vals=None, reason=None):
            seen.append((to_state, str(day)))
            return original(self, to_state, day, vals, reason)

        self.patch(Contract, "_transition", spy)
        subscription = self._create_subscription()
        subscription.activate("2026-09-01")
        subscription.suspend(self.reason_suspend, "2026-09-02")
        subscription.resume("2026-09-03")
        subscription.terminate(self.reason_terminate, "2026-09-04")
        self.assertEqual(
            seen,
            [
                ("active", "2026-09-01"),
                ("suspended", "2026-09-02"),
                ("active", "2026-09-03"),
                ("terminated", "2026-09-04"),
            ],
        )

    def test_dialog_does_what_its_verb_says(self):
        subscription = self._create_subscription()
        for action, reason, state in (
            ("action_activate", None, "active"),
            ("action_suspend", self.reason_suspend, "suspended"),
            ("action_resume", None, "active"),
            (
                "action_terminate",
                self._ref("lifecycle_reason_ported_out"),
                "terminated",
            ),
        ):
            context = getattr(subscription, action)()["context"]
            form = Form(self.env["telecom.operation.wizard"].with_context(**context))
            if reason:
                form.reason_id = reason
            form.when = "now"
            form.save().action_apply()
            with self.subTest(action):
                self.assertEqual(subscription.telecom_state, state)

    def test_dialog_without_a_needed_reason_is_refused(self):
        subscription = self._create_subscription(state="active")
        wizard = self.env["telecom.operation.wizard"].create(
            {"kind": "suspend", "subscription_ids": subscription.ids}
        )
        with self.assertRaisesRegex(UserError, "needs Reason"):
            wizard.action_apply()

    def test_dates_of_its_life_are_refused_when_written_directly(self):
        subscription = self._create_subscription(state="active")
        for name in ("telecom_state", "activation_date", "termination_date"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "not written"):
                subscription.write({name: False})

    def test_subscription_is_archived_only_after_its_end(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "billed unseen"):
            subscription.action_archive()
        subscription.terminate(self.reason_terminate)
        subscription.action_archive()
        self.assertFalse(subscription.active)
