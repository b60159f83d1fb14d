# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .common import NOW, SomconnexioCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAccess(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"test_{role}",
                groups=f"somconnexio_base.group_telecom_{role}",
            )
            for role in ROLES
        }
        cls.employee = new_test_user(cls.env, "test_employee", "base.group_user")
        cls.subscription = cls._create_subscription()
        cls.account = cls.subscription.telecom_billing_account_id

    def _as(self, role, record):
        """Return a record or model as a user of a role sees it."""
        return record.with_user(self.users[role])

    def _assert_rights(self, role, model_name, allowed):
        """Assert that a role holds exactly these operations on a model."""
        model = self._as(role, self.env[model_name])
        found = {
            operation
            for operation in ("read", "write", "create", "unlink")
            if model.has_access(operation)
        }
        self.assertEqual(found, set(allowed.split()), f"{role} on {model_name}")

    def test_rights_of_each_role_on_each_model(self):
        everything = "read write create unlink"
        keep = "read write create"
        table = {
            "telecom.billing.account": (keep, keep, "read", "read", everything),
            "telecom.resource": ("read", "read", keep, "read", everything),
            "telecom.resource.assignment": (
                everything,
                everything,
                everything,
                "read",
                everything,
            ),
            "telecom.subscription.transition": ("read",) * 5,
            "telecom.service.type": ("read",) * 4 + (everything,),
            "telecom.resource.kind": ("read",) * 4 + (everything,),
            "telecom.lifecycle.reason": ("read",) * 4 + (everything,),
            "contract.contract": (keep, keep, "read write", "read", everything),
        }
        for model_name, rights in table.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                with self.subTest(f"{role} {model_name}"):
                    self._assert_rights(role, model_name, allowed)

    def test_employee_without_a_role_reads_nothing(self):
        for record in (
            self.subscription,
            self.account,
            self.subscription.assignment_ids,
            self.subscription.assignment_ids.resource_id,
            self.subscription.transition_ids,
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.employee).read(["display_name"])

    def test_agent_signs_up_a_member_from_start_to_service(self):
        env = self._as("agent", self.env["res.partner"]).env
        partner = env["res.partner"].create({"name": "New", "email": "n@example.org"})
        account = env["telecom.billing.account"].create({"partner_id": partner.id})
        subscription = env["contract.contract"].create(
            {
                "telecom_service_type_id": self.type_mobile.id,
                "telecom_billing_account_id": account.id,
                "contract_line_ids": [(0, 0, {"product_id": self.offering_mobile.id})],
            }
        )
        resources = self._create_resource("msisdn") | self._create_resource("iccid")
        env["telecom.resource.assignment"].create(
            [
                {"resource_id": resource.id, "subscription_id": subscription.id}
                for resource in resources
            ]
        )
        subscription.activate()
        self.assertEqual(subscription.telecom_state, "active")
        self.assertEqual(set(resources.mapped("state")), {"active"})
        last = self._history(subscription)[-1]
        self.assertEqual(last.user_id, self.users["agent"])

    def test_agent_uses_every_verb(self):
        subscription = self._as("agent", self.subscription)
        subscription.activate()
        subscription.suspend(self.reason_suspend)
        subscription.resume()
        subscription.change_offering(self.offering_mobile_large, "2026-11-01")
        subscription.terminate(self.reason_terminate)
        self.assertEqual(self.subscription.telecom_state, "terminated")

    def test_agent_cancels_a_pending_subscription(self):
        self._as("agent", self.subscription).terminate(self.reason_terminate)
        self.assertEqual(self.subscription.telecom_state, "terminated")

    def test_agent_may_not_take_over_running_subscriptions(self):
        with self.assertRaisesRegex(AccessError, "telecom administrator"):
            self._as("agent", self.env["contract.contract"]).create(
                {
                    "telecom_service_type_id": self.type_mobile.id,
                    "telecom_billing_account_id": self.account.id,
                    "telecom_state": "active",
                }
            )

    def test_agent_reserves_numbers_but_does_not_write_them(self):
        resource = self._create_resource()
        self._as("agent", resource).action_reserve()
        self.assertEqual(resource.state, "reserved")
        with self.assertRaises(AccessError):
            self._as("agent", resource).external_ref = "X"

    def test_agent_sees_subscriptions_but_no_other_contracts(self):
        other = self.env["contract.contract"].create(
            {"name": "Rent", "partner_id": self.partner.id}
        )
        Contract = self._as("agent", self.env["contract.contract"])
        found = Contract.search([("partner_id", "=", self.partner.id)])
        self.assertIn(self.subscription, found)
        self.assertNotIn(other, found)

    def test_agent_sees_bills_but_no_other_journal_entries(self):
        journal = self.env["account.journal"].search(
            [("type", "=", "sale")], limit=1
        ) or self.env["account.journal"].create(
            {"name": "Sales", "code": "TSAL", "type": "sale"}
        )
        bill, other = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.partner.id,
                    "journal_id": journal.id,
                    "telecom_billing_account_id": account_id,
                }
                for account_id in (self.account.id, False)
            ]
        )
        Move = self._as("agent", self.env["account.move"])
        found = Move.search([("partner_id", "=", self.partner.id)])
        self.assertEqual(found, bill)
        self.assertIn(other, self._as("accountant", Move).search([]))

    def test_technician_keeps_numbers_and_puts_subscriptions_into_service(self):
        resource = self._as("technician", self.env["telecom.resource"]).create(
            {"kind_id": self.kind_msisdn.id, "name": "612345678"}
        )
        resource.action_reserve()
        self._as("technician", self.subscription).activate()
        self.assertEqual(self.subscription.telecom_state, "active")

    def test_technician_may_not_write_billing_accounts(self):
        with self.assertRaises(AccessError):
            self._as("technician", self.account).collection_method = "transfer"

    def test_accountant_reads_but_suspends_nothing(self):
        self.subscription.activate()
        subscription = self._as("accountant", self.subscription)
        self.assertEqual(subscription.telecom_state, "active")
        with self.assertRaises(AccessError):
            subscription.suspend(self.reason_suspend)

    def test_billing_manager_keeps_prices(self):
        self._as("billing_manager", self.offering_mobile).list_price = 11
        self.assertEqual(self.offering_mobile.list_price, 11)
        with self.assertRaises(AccessError):
            self._as("agent", self.offering_mobile).list_price = 12

    def test_admin_deletes_a_billing_account_without_use(self):
        account = self._create_billing_account()
        self._as("admin", account).unlink()
        self.assertFalse(account.exists())

    def test_administrator_of_odoo_is_telecom_administrator(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("somconnexio_base.group_telecom_admin"))

    def test_one_person_may_hold_two_roles(self):
        user = new_test_user(
            self.env,
            "test_both",
            "somconnexio_base.group_telecom_agent,"
            "somconnexio_base.group_telecom_technician",
        )
        self.assertTrue(user.has_group("somconnexio_base.group_telecom_agent"))
        self.assertTrue(user.has_group("somconnexio_base.group_telecom_technician"))

    def test_verbs_are_not_reached_by_rpc(self):
        verbs = ("activate", "suspend", "resume", "terminate", "change_offering")
        for verb in (*verbs, "cancel_termination"):
            with self.subTest(verb), self.assertRaises(AccessError):
                get_public_method(self.env["contract.contract"], verb)
        self.assertTrue(
            get_public_method(self.env["contract.contract"], "action_suspend")
        )
