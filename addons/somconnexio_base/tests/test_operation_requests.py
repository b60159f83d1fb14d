# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.exceptions import UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .operation_common import DOCUMENTS, OperationCommon

METHODS = (
    "request_operation",
    "preview_operation",
    "pending_operations",
    "request_activation",
    "request_tariff_change",
    "request_addon",
    "request_addon_removal",
    "request_bond",
    "request_holder_change",
    "request_address_change",
    "request_number_change",
    "request_sim_swap",
    "request_account_change",
    "request_suspension",
    "request_resumption",
    "request_termination",
    "request_termination_cancel",
)


@tagged("post_install", "-at_install")
class TestOperationRequests(OperationCommon):
    """What other programs may say, and what they are answered."""

    def test_methods_can_be_called_by_other_programs(self):
        for name in METHODS:
            with self.subTest(name):
                self.assertTrue(get_public_method(self.subscription, name))
        self.assertTrue(get_public_method(self.account, "request_payment_change"))

    def test_answer_names_everything_by_code(self):
        self.offering_mobile_large.default_code = "LARGE"
        answer = self.subscription.request_tariff_change("LARGE")[0]
        self.assertEqual(
            {name: answer[name] for name in ("kind", "state", "execute_date")},
            {
                "kind": "change_offering",
                "state": "planned",
                "execute_date": "2026-11-01",
            },
        )
        self.assertEqual(answer["subscription"], self.subscription.code)
        self.assertEqual(
            [change["change"] for change in answer["preview"]["changes"]],
            ["ended", "added"],
        )
        self.assertEqual(answer["billing_account"], self.account.code)
        self.assertEqual(self.subscription.pending_operations(), [answer])

    def test_same_key_asked_again_does_nothing_and_answers_the_same(self):
        first = self.subscription.request_bond(self.one_shot.id, request_key="web-1")
        again = self.subscription.request_bond(self.one_shot.id, request_key="web-1")
        self.assertEqual(first, again)
        self.assertEqual(len(self._lines()), 2)
        with self.assertRaisesRegex(UserError, "was used for"):
            self.subscription.request_addon(self.addon.id, request_key="web-1")

    def test_several_subscriptions_or_none(self):
        pending = self._create_subscription()
        both = self.subscription | pending
        with (
            self.assertRaisesRegex(UserError, "only while it is Active"),
            self.cr.savepoint(),
        ):
            both.request_suspension("fraud")
        self.assertEqual(self.subscription.telecom_state, "active")
        answers = both.request_tariff_change(self.offering_mobile_large.id)
        self.assertEqual(len(answers), 2)

    def test_bad_input_is_refused_in_words(self):
        own = self.subscription
        cases = (
            ("no operation on subscriptions", lambda: own.request_operation("fly")),
            ("is no day", lambda: own.request_bond(self.one_shot.id, "soon")),
            ("0 records are called", lambda: own.request_tariff_change("NOTHING")),
            ("0 records are called", lambda: own.request_tariff_change(999999999)),
            (
                "not known to this",
                lambda: own.request_operation("resume", terms={"x": 1}),
            ),
            ("needs Reason", lambda: own.request_operation("suspend")),
            ("1 or more", lambda: own.request_bond(self.one_shot.id, quantity=0)),
            (
                "documents",
                lambda: own.request_holder_change(
                    self.new_holder.id, terms={"documents": [{"name": "x"}]}
                ),
            ),
            ("street and town", lambda: own.request_address_change({"zip": "08001"})),
            ("another IBAN", lambda: own.request_account_change({})),
        )
        for text, call in cases:
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                call()

    def test_documents_belong_to_the_operation(self):
        operation = self._operations(
            self.subscription.request_holder_change(
                self.new_holder.id, "next_month", {"documents": DOCUMENTS}
            )
        )
        document = operation.attachment_ids
        self.assertEqual((document.name, document.raw), ("request.pdf", b"x"))
        self.assertEqual(document.res_model, "telecom.subscription.operation")

    def test_every_stage_is_noted_where_people_look(self):
        operation = self._operations(
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        )
        self.assertIn(
            "Planned: Change of tariff", self.subscription.message_ids[:1].body
        )
        operation.action_cancel()
        self.assertIn("Cancelled: Change of", self.subscription.message_ids[:1].body)

    def test_customer_is_told_once_about_each_stage(self):
        Notice = self.env["telecom.notice"]
        before = Notice.search([])
        self.subscription.request_tariff_change(self.offering_mobile_large.id)
        self.subscription.request_suspension("fraud")
        self.subscription.request_resumption()
        new = Notice.search([]) - before
        self.assertEqual(
            sorted(new.mapped("kind_id.code")),
            [
                "subscription_change_planned",
                "subscription_resumed",
                "subscription_suspended",
            ],
        )
        self.assertEqual(new.partner_id, self.partner)

    def test_words_of_every_notice_name_the_service(self):
        operation = self._operations(
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        )
        records = {record._name: record for record in (operation, self.subscription)}
        kinds = self.env["telecom.notice.kind"].search(
            [
                ("model", "in", list(records)),
                ("purpose_id.code", "=", "contract"),
            ]
        )
        self.assertGreater(len(kinds), 8)
        for kind in kinds:
            words = kind._render([records[kind.model].id], "en_US")
            with self.subTest(kind.code):
                body = words[records[kind.model].id].body
                self.assertIn(self.subscription.display_name, body)
