# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .dunning_common import DunningCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-08 10:00:00")
class TestDunningRoles(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"dun_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }
        cls.bill = cls._create_service_bill({cls.mobile: 30})
        cls._act("2026-10-08")

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def test_agent_holds_claims_and_agrees_but_carries_nothing_out(self):
        case = self._as("agent", self._case())
        case.hold("2026-10-20", "Promised to pay")
        case.action_release()
        claim = self._as("agent", self.env["telecom.payment.dispute"]).create(
            {"bill_id": self.bill.id, "amount": 10, "reason": "Roaming"}
        )
        claim.action_close_withdrawn()
        plan = self._as("agent", self.env["telecom.payment.plan"]).create(
            {"billing_account_id": self.account.id, "first_date": "2026-11-01"}
        )
        plan.action_agree()
        self.assertEqual(case.stop, "plan")
        plan.action_cancel()
        run = self.env["telecom.dunning.run"].create({"date": "2026-10-08"})
        for method in ("action_list", "action_carry_out"):
            with self.assertRaisesRegex(UserError, "Only these roles"):
                getattr(self._as("agent", run), method)()

    def test_accountant_lists_and_carries_out_but_does_not_see_who_is_vulnerable(self):
        run = self._as("accountant", self.env["telecom.dunning.run"]).create({})
        run.action_list()
        self.assertTrue(run.line_ids)
        payer = self.account.partner_id
        payer.write(
            {
                "telecom_is_vulnerable": True,
                "telecom_vulnerable_evidence_date": "2026-01-15",
            }
        )
        self.assertTrue(self._as("agent", payer).telecom_is_vulnerable)
        for role in ("accountant", "technician"):
            with self.assertRaises(AccessError):
                self._as(role, payer).read(["telecom_is_vulnerable"])
            self.assertNotIn(
                "telecom_is_vulnerable", self._as(role, payer).fields_get()
            )

    def test_machine_fields_are_nobodys_to_write(self):
        for role in ("agent", "accountant", "admin"):
            case = self._as(role, self._case())
            with self.assertRaisesRegex(UserError, "use the buttons"):
                case.write({"state": "clear"})
            with self.assertRaises(AccessError):
                case.line_ids.write({"amount": 0})
            with self.assertRaises(AccessError):
                self.env["telecom.dunning.event"].with_user(self.users[role]).create(
                    {"case_id": case.id, "kind": "step", "cycle": 1}
                )

    def test_nobody_sees_the_cases_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        stranger = new_test_user(
            self.env,
            "dun_stranger",
            groups="somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        case = self._case()
        plan = self.env["telecom.payment.plan"].create(
            {"billing_account_id": self.account.id}
        )
        for record in (case, case.event_ids, case.line_ids, plan, self.policy):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(stranger).read(["id", "company_id"])

    def test_customer_view_shows_the_case_to_those_who_see_bills(self):
        payer = self.account.partner_id
        for role, is_shown in (("agent", True), ("technician", False)):
            sections = self._as(role, payer).customer_summary()["sections"]
            found = [part for part in sections if part["code"] == "dunning"]
            self.assertEqual(bool(found), is_shown)
        (row,) = self._as("agent", payer)._summary_dunning()["rows"]
        self.assertIn("First reminder", row["cells"])
        self.assertEqual(self._as("agent", payer).dunning_amount, 30)
        self.assertEqual(self._as("agent", self.mobile).dunning_amount, 30)
        action = self._as("agent", self.mobile).action_view_dunning()
        self.assertEqual(action["res_id"], self._case().id)
