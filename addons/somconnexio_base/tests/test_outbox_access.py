# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .outbox_common import OutboxCommon
from .test_access import ROLES

MODELS = ("telecom.outbox", "telecom.outbox.attempt", "telecom.outbox.endpoint")


@tagged("post_install", "-at_install")
class TestOutboxAccess(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"test_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }

    def setUp(self):
        super().setUp()
        self.simulator.faults = ["400"]
        self.call = self._enqueue()
        self._send(1)

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def test_technicians_and_administrators_read_and_nobody_else(self):
        for name in (*MODELS, "telecom.webhook"):
            for role in ROLES:
                with self.subTest(f"{role} {name}"):
                    may_read = self._as(role, self.env[name]).has_access("read")
                    self.assertEqual(may_read, role in ("technician", "admin"))

    def test_nobody_writes_calls_by_hand(self):
        for name in MODELS[:2]:
            for operation in ("create", "write", "unlink"):
                with self.subTest(f"{name} {operation}"):
                    model = self._as("admin", self.env[name])
                    self.assertFalse(model.has_access(operation))
        with self.assertRaises(UserError):
            self.call.attempt_ids.write({"error": "never"})

    def test_secrets_are_for_administrators(self):
        self.endpoint.write({"auth_kind": "bearer", "auth_secret": "s3cret-token"})
        endpoint = self._as("technician", self.endpoint)
        with self.assertRaises(AccessError):
            endpoint.read(["auth_secret"])
        self.assertNotIn("auth_secret", endpoint.fields_get())
        self.assertEqual(self._as("admin", self.endpoint).auth_secret, "s3cret-token")
        self.assertFalse(self.endpoint.copy({"code": "copy"}).auth_secret)

    def test_technician_replays_a_dead_letter_and_says_why(self):
        call = self._as("technician", self.call)
        action = call.action_replay()
        form = Form(
            self._as("technician", self.env["telecom.outbox.decision"]).with_context(
                **action["context"]
            )
        )
        form.reason = "They corrected the price list"
        with self._clock(5):
            form.save().action_apply()
        self.assertEqual(self.call.state, "pending")
        last = self.call.attempt_ids.sorted("id")[-1]
        self.assertEqual(
            (last.kind, last.reason, last.user_id),
            ("replay", "They corrected the price list", self.users["technician"]),
        )
        self.assertEqual(self._send(9), 1)
        self.assertEqual((self.call.state, self.simulator.keys), ("done", ["K1", "K1"]))

    def test_decision_without_reason_or_role_is_refused(self):
        for verb in ("replay", "settle", "give_up"):
            with self.subTest(verb):
                with self.assertRaisesRegex(UserError, "reason"):
                    getattr(self._as("technician", self.call), verb)(" ")
                with self.assertRaises(AccessError):
                    getattr(self._as("agent", self.call), verb)("Because")

    def test_decision_that_the_state_does_not_allow_is_refused(self):
        done = self._enqueue("K2")
        self._send(2)
        for verb in ("replay", "settle", "give_up"):
            with self.subTest(verb), self.assertRaisesRegex(UserError, "“Done”"):
                getattr(done, verb)("Because")
        self.call.give_up("Not wanted")
        with self.assertRaisesRegex(UserError, "“Given up”"):
            self.call.settle("Because")

    def test_call_that_is_being_sent_is_left_to_its_sender(self):
        call = self._enqueue("K3")
        self._abandon(2)
        with self._clock(3), self.assertRaisesRegex(UserError, "Being sent"):
            call.give_up("Because")

    def test_calls_and_endpoints_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Islands"})
        endpoint = self._create_endpoint("isle", company_id=company.id)
        call = self.Outbox.with_company(company)._enqueue("isle", "GET", "/", None, "K")
        for record in (endpoint, call):
            with self.subTest(record._name), self.assertRaises(AccessError):
                self._as("technician", record).read(["display_name"])
        self.assertTrue(self._as("technician", self.endpoint).name)
