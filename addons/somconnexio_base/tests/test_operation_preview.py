# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .operation_common import DOCUMENTS, OperationCommon

TABLES = (
    "contract_contract",
    "contract_line",
    "telecom_resource_assignment",
    "telecom_subscription_operation",
    "telecom_subscription_transition",
    "telecom_billing_account",
    "res_partner",
    "mail_message",
)


@tagged("post_install", "-at_install")
class TestOperationPreview(OperationCommon):
    """The preview does what the operation does, and leaves nothing behind."""

    def _content(self):
        self.env.flush_all()
        content = {}
        for table in TABLES:
            self.env.cr.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")  # noqa: S608
            content[table] = self.env.cr.fetchall()
        return content

    def _changes(self, kind, when, terms):
        preview = self.subscription.preview_operation(kind, when, terms)
        return [
            (change["change"], change["what"], change["name"])
            for change in preview[0]["changes"]
        ]

    def test_preview_of_a_tariff_change_shows_both_lines_and_changes_nothing(self):
        content = self._content()
        preview = self.subscription.preview_operation(
            "change_offering",
            "next_month",
            {"product_id": self.offering_mobile_large.id},
        )[0]
        self.assertEqual(preview["subscription"], self.subscription.code)
        ended, added = preview["changes"]
        self.assertEqual((ended["change"], ended["until"]), ("ended", "2026-10-31"))
        self.assertEqual((added["from"], added["price"]), ("2026-11-01", 20.0))
        self.assertEqual(self._content(), content)

    def test_preview_of_a_holder_change_shows_the_new_subscription(self):
        content = self._content()
        changes = self._changes(
            "change_holder",
            "next_month",
            {"partner_id": self.new_holder.id, "documents": DOCUMENTS},
        )
        self.assertIn(("added", "Holder", "Pere Pons"), changes)
        self.assertIn(("ended", "Tariff", "Mobile small"), changes)
        self.assertIn(("added", "Tariff", "Mobile small"), changes)
        self.assertEqual(self._content(), content)

    def test_preview_of_what_is_refused_says_why(self):
        with self.assertRaisesRegex(UserError, "not of the kind"):
            self._changes("add_addon", "now", {"product_id": self.one_shot.id})

    def test_preview_of_a_suspension_in_the_future_shows_the_state(self):
        changes = self._changes("suspend", "next_month", {"reason_id": "fraud"})
        self.assertEqual(changes, [("changed", "State", "Suspended")])

    def test_dialog_shows_the_preview_and_then_does_it(self):
        action = self.subscription.action_change_offering()
        form = Form(
            self.env["telecom.operation.wizard"].with_context(**action["context"])
        )
        form.product_id = self.offering_mobile_large
        self.assertEqual(str(form.date), "2026-11-01")
        wizard = form.save().with_context(lang="en_US")
        wizard.action_preview()
        self.assertIn("Mobile large", wizard.preview_html)
        self.assertIn("10/31/2026", wizard.preview_html)
        self.assertEqual(len(self.subscription.contract_line_ids), 1)
        wizard.action_apply()
        self.assertEqual(self.subscription.operation_ids.state, "planned")

    def test_dialog_opened_before_somebody_elses_change_is_refused(self):
        action = self.subscription.action_change_offering()
        form = Form(
            self.env["telecom.operation.wizard"].with_context(**action["context"])
        )
        form.product_id = self.offering_mobile_large
        wizard = form.save()
        self.subscription.request_bond(self.one_shot.id)
        with self.assertRaisesRegex(UserError, "has changed since you opened it"):
            wizard.action_apply()

    def test_dialog_of_other_changes_forgets_what_another_kind_needs(self):
        action = self.subscription.action_operate()
        form = Form(
            self.env["telecom.operation.wizard"].with_context(**action["context"])
        )
        form.product_id = self.addon
        form.kind = "swap_sim"
        form.resource_id = self._create_resource("iccid")
        form.when = "now"
        form.save().action_apply()
        self.assertEqual(self.subscription.operation_ids.kind, "swap_sim")

    def test_dialog_of_an_account_changes_its_mail(self):
        action = self.account.action_change_payment()
        form = Form(
            self.env["telecom.operation.wizard"].with_context(**action["context"])
        )
        form.bill_email = "new@example.org"
        form.save().action_apply()
        self.assertEqual(self.account.bill_email, "new@example.org")
