# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .operation_common import DOCUMENTS, IBAN, OperationCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


@tagged("post_install", "-at_install")
class TestOperationRoles(OperationCommon):
    """Agents may do everything, technicians numbers and SIMs, others nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"test_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.employee = new_test_user(cls.env, "test_employee", "base.group_user")

    def _as(self, role, record=None):
        return (record or self.subscription).with_user(self.users[role])

    def test_agent_does_every_operation(self):
        own = self._as("agent", self._create_subscription())
        own.request_activation("2026-10-02")
        own.request_tariff_change(self.offering_mobile_large.id, "2026-10-05")
        own.request_addon(self.addon.id, "2026-10-05")
        own.request_addon_removal(self.addon.id, "2026-10-10")
        own.request_bond(self.one_shot.id)
        own.request_address_change({"street": "x", "city": "y"})
        own.request_number_change(self._create_resource("msisdn").id)
        own.request_sim_swap(self._create_resource("iccid").id)
        own.request_account_change({"iban": IBAN})
        own.telecom_billing_account_id.request_payment_change(
            collection_method="transfer"
        )
        own.request_suspension("fraud")
        own.request_resumption()
        own.request_termination("price", "2026-10-31")
        own.request_termination_cancel()
        answer = self._as("agent").request_holder_change(
            self.new_holder.id, terms={"documents": DOCUMENTS}
        )
        self.assertTrue(answer[0]["new_subscription"])
        operations = own.operation_ids
        self.assertEqual(len(operations), 13)
        self.assertEqual(operations.user_id, self.users["agent"])
        self.assertEqual(self._history(own)[-1].user_id, self.users["agent"])

    def test_technician_swaps_numbers_and_activates(self):
        own = self._as("technician", self._create_subscription())
        own.request_activation("2026-10-02")
        operation = self._operations(
            own.request_number_change(self._create_resource("msisdn").id, "next_month")
        )
        self._as("technician", operation).action_cancel()
        own.request_sim_swap(self._create_resource("iccid").id)

    def test_technician_may_not_change_what_is_paid(self):
        own = self._as("technician")
        for call in (
            lambda: own.request_tariff_change(self.offering_mobile_large.id),
            lambda: own.request_bond(self.one_shot.id),
            lambda: own.request_suspension("fraud"),
            lambda: own.request_termination("price", "2026-10-31"),
            lambda: own.preview_operation("suspend", "now", {"reason_id": "fraud"}),
        ):
            with self.assertRaisesRegex(AccessError, "is Agent"):
                call()

    def test_accountant_may_nothing_but_read(self):
        own = self._as("accountant")
        self.subscription.request_bond(self.one_shot.id)
        self.assertEqual(len(own.operation_ids), 1)
        with self.assertRaises(AccessError):
            own.request_bond(self.one_shot.id)
        with self.assertRaises(AccessError):
            own.operation_ids.action_undo()
        with self.assertRaises(AccessError):
            own.request_sim_swap(self._create_resource("iccid").id)

    def test_employee_without_a_role_reads_no_operation(self):
        self.subscription.request_bond(self.one_shot.id)
        with self.assertRaises(AccessError):
            self.subscription.operation_ids.with_user(self.employee).read(["kind"])

    def test_nobody_writes_operations_by_hand(self):
        self.subscription.request_bond(self.one_shot.id)
        operation = self.subscription.operation_ids
        for role in ROLES:
            own = self._as(role, operation)
            with self.subTest(role):
                self.assertTrue(own.has_access("read"))
                for right in ("write", "create", "unlink"):
                    self.assertFalse(own.has_access(right))

    def test_operation_of_another_company_is_not_seen(self):
        company = self.env["res.company"].create({"name": "Other cooperative"})
        self.subscription.request_bond(self.one_shot.id)
        stranger = new_test_user(
            self.env,
            "test_stranger",
            "somconnexio_base.group_telecom_agent",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        Operation = self.Operation.with_user(stranger)
        self.assertFalse(Operation.search([]) & self.subscription.operation_ids)
