# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .common import NOW, TODAY
from .membership_common import MembershipCommon

ROLES = ("agent", "billing_manager", "technician", "accountant", "admin")
READ, CHANGE = "read", "read write"
KEEP, ALL = "read write create", "read write create unlink"
#: Rights of each role, in the order of ROLES.
RIGHTS = {
    "cooperative.share.class": (READ, READ, READ, READ, ALL),
    "cooperative.agreement": (KEEP, KEEP, READ, READ, ALL),
    "cooperative.membership": (KEEP, KEEP, READ, READ, KEEP),
    "cooperative.share.movement": (READ,) * 5,
    "cooperative.capital.call": (READ, READ, READ, CHANGE, CHANGE),
    "cooperative.membership.request": (KEEP, KEEP, READ, READ, ALL),
    "cooperative.leaving": (KEEP, KEEP, READ, CHANGE, KEEP),
    "cooperative.assembly": (KEEP, KEEP, READ, READ, ALL),
    "cooperative.assembly.delegation": (ALL, ALL, READ, READ, ALL),
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCooperativeAccess(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env, f"coop_{role}", groups=f"somconnexio_base.group_telecom_{role}"
            )
            for role in ROLES
        }

    def _as(self, role, record):
        return record.with_user(self.users[role])

    def test_rights_of_each_role_on_each_model(self):
        for model_name, rights in RIGHTS.items():
            for role, allowed in zip(ROLES, rights, strict=True):
                model = self._as(role, self.env[model_name])
                found = {
                    operation
                    for operation in ("read", "write", "create", "unlink")
                    if model.has_access(operation)
                }
                with self.subTest(f"{role} {model_name}"):
                    self.assertEqual(found, set(allowed.split()))

    def test_agent_admits_and_accountant_books_the_payment(self):
        sponsor = self._create_member()
        Request = self._as("agent", self.Request)
        request = Request.create(
            {
                "name": "New",
                "vat": self._next_vat(),
                "email": "n@example.org",
                "iban": "ES9121000418450200051332",
                "accepted_at": NOW,
                "share_class_id": self.share_class.id,
                "sponsor_id": sponsor.id,
            }
        )
        request.action_receive()
        request.action_approve()
        membership = request.membership_id
        self.assertEqual(membership.state, "pending")
        with self.assertRaisesRegex(UserError, "Only these roles"):
            membership.call_ids.action_call_again()
        wizard = self._as("accountant", self.env["cooperative.payment.wizard"]).create(
            {"call_ids": [(6, 0, membership.call_ids.ids)], "date": TODAY}
        )
        wizard.action_apply()
        self.assertEqual(membership.state, "active")
        movement = membership.movement_ids.filtered(lambda m: m.kind == "payment")
        self.assertEqual(movement.user_id, self.users["accountant"])
        membership.action_certificate()

    def test_agent_writes_the_leaving_and_the_board_resolves(self):
        member = self._create_member()
        leaving = self._as("agent", self.env["cooperative.leaving"]).create(
            {"membership_id": member.id, "resolution_date": TODAY}
        )
        with self.assertRaisesRegex(UserError, "Only these roles"):
            leaving.action_resolve()
        self._as("admin", leaving).action_resolve()
        with freeze_time("2027-10-15 10:00:00"):
            with self.assertRaisesRegex(UserError, "Only these roles"):
                leaving.action_refund()
            self._as("accountant", leaving).action_refund()
        self.assertEqual(leaving.state, "closed")

    def test_nobody_reaches_capital_around_its_methods(self):
        member = self._create_member()
        agent = self._as("agent", member)
        for values in ({"number": "1"}, {"joined_date": TODAY}, {"state": "left"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "be written"):
                agent.write(values)
        with self.assertRaises(AccessError):
            self._as("admin", self.Movement).create({"membership_id": member.id})
        with self.assertRaisesRegex(UserError, "not created by hand"):
            self.env["cooperative.capital.call"].create({"membership_id": member.id})
        with self.assertRaisesRegex(UserError, "Only these roles"):
            agent.take_over([])
        with self.assertRaises(UserError):
            self._as("accountant", member.call_ids).amount = 1
        for context in ({"cooperative_pass": True}, {"cooperative_pass": {}}):
            with self.subTest(context), self.assertRaises(UserError):
                agent.with_context(**context).write({"state": "left"})

    def test_methods_that_move_money_are_not_reached_by_rpc(self):
        closed = {
            "cooperative.membership": (
                "subscribe",
                "transfer_shares",
                "change_sponsor",
                "certificate_pdf",
                "statement_pdf",
            ),
            "cooperative.capital.call": ("instalment_paid", "instalment_failed"),
            "cooperative.register": ("write_book",),
        }
        for model_name, names in closed.items():
            for name in names:
                with self.subTest(name), self.assertRaises(AccessError):
                    get_public_method(self.env[model_name], name)

    def test_employee_without_a_role_reads_nothing(self):
        employee = new_test_user(self.env, "coop_employee", "base.group_user")
        member = self._create_member()
        for record in (member, member.call_ids, member.movement_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(employee).read(["display_name"])
        partner = member.partner_id.with_user(employee)
        self.assertTrue(partner.read(["is_cooperative_member"]))

    def test_records_of_another_company_are_not_seen(self):
        member = self._create_member()
        other = self.env["res.company"].create({"name": "Islands"})
        user = new_test_user(
            self.env,
            "coop_other",
            "somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        request = self._create_request()
        for record in (
            member,
            member.movement_ids,
            member.call_ids,
            request,
            self.share_class,
        ):
            with self.subTest(record._name):
                self.assertFalse(
                    record.with_user(user).search([("id", "in", record.ids)])
                )
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])

    def test_every_role_reads_what_the_screens_show(self):
        member = self._create_member()
        leaving = self.env["cooperative.leaving"].create({"membership_id": member.id})
        assembly = self.env["cooperative.assembly"].create({"name": "A", "date": TODAY})
        records = (
            member,
            member.request_id,
            member.call_ids,
            member.movement_ids[0],
            leaving,
            assembly,
        )
        for role in ("agent", "technician", "accountant"):
            for record in records:
                with self.subTest(f"{role} {record._name}"):
                    shown = self._as(role, record)
                    shown.invalidate_recordset()
                    fields = shown.get_view(view_type="form")["models"][record._name]
                    self.assertTrue(shown.read(fields))
