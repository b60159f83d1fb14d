# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.common import NOW, TODAY

from .payments_common import PaymentsCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReceipt(PaymentsCommon):
    """Money that comes singly: booked, allocated and told, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_payer("Maria Soler")
        cls.september = cls._create_bill(cls.account, 20, "2026-09-03", "2026-09-10")
        cls.october = cls._create_bill(cls.account, 30)
        cls.Notice = cls.env["telecom.notice"]

    def _receive(self, amount, **kwargs):
        return self.account._receive_payment(
            Decimal(amount), TODAY, self.bank_journal, "REF 1", **kwargs
        )

    def _residuals(self):
        return self.september.amount_residual, self.october.amount_residual

    def test_payment_pays_the_oldest_bill_first(self):
        payment = self._receive("25.00")
        self.assertEqual(self._residuals(), (0, 25))
        self.assertEqual(payment.telecom_billing_account_id, self.account)
        self.assertEqual(payment.payment_reference, "REF 1")
        self.assertEqual(payment.memo, "REF 1")
        self.assertEqual(payment.move_id.state, "posted")

    def test_payment_with_chosen_bill_pays_that_one_first(self):
        self._receive("35.00", bills=self.october)
        self.assertEqual(self._residuals(), (15, 0))

    def test_payment_of_more_than_is_owed_leaves_credit_on_account(self):
        payment = self._receive("60.50")
        self.assertEqual(self._residuals(), (0, 0))
        credit = payment._seek_for_lines()[1]
        self.assertEqual(credit.amount_residual, -10.5)
        self.assertEqual(credit.partner_id, self.account.commercial_partner_id)

    def test_payment_leaves_the_bills_of_other_accounts_of_the_person_alone(self):
        other = self._create_billing_account(self.account.partner_id)
        bill = self._create_bill(other, 5, "2026-08-03", "2026-08-10")
        self._receive("50.00")
        self.assertEqual(bill.amount_residual, 5)

    def test_payment_with_a_known_key_is_not_booked_again(self):
        first = self._receive("20.00", key="app:1")
        self.assertEqual(self._receive("20.00", key="app:1"), first)
        self.assertEqual(self._residuals(), (0, 30))

    def test_payment_with_a_known_key_and_another_sum_or_account_is_refused(self):
        self._receive("20.00", key="app:1")
        with self.assertRaisesRegex(UserError, "app:1 has been booked already"):
            self._receive("20.01", key="app:1")
        self.account = self._create_payer("Joan Vidal")
        with self.assertRaisesRegex(UserError, "app:1 has been booked already"):
            self._receive("20.00", key="app:1")

    def test_payment_does_not_wait_to_raise_the_rank_of_who_is_a_customer(self):
        payer = self.account.commercial_partner_id
        payer.customer_rank = 3
        waiting = self.env.cr.postcommit.data
        rank = "account.res.partner.increase_rank.customer_rank"
        waiting.pop(rank, None)
        self._receive("5.00")
        self.assertFalse(waiting.get(rank))
        payer.customer_rank = 0
        self._receive("5.00")
        self.assertEqual(payer.customer_rank, 1)

    def test_payment_has_no_talk_about_what_its_row_says(self):
        payment = self._receive("5.00")
        self.assertFalse(payment.message_ids + payment.move_id.message_ids)

    def test_payment_of_an_impossible_amount_is_refused(self):
        for amount in ("0", "-1", "1.001", "NaN"):
            with self.subTest(amount), self.assertRaises(ValidationError):
                self._receive(amount)
        with self.assertRaises(TypeError):
            self.account._receive_payment(1.0, TODAY, self.bank_journal, "REF")

    def test_payment_by_a_journal_of_bills_or_for_a_stranger_s_bill_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "choose a bank"):
            self.account._receive_payment(Decimal(1), TODAY, self.sale_journal, "REF")
        stranger = self._create_bill(self._create_payer("Joan Vidal"), 9)
        with self.assertRaisesRegex(ValidationError, "is not a bill of"):
            self._receive("9.00", bills=stranger)

    def test_payment_is_told_to_other_systems_and_to_the_payer(self):
        webhook = self.env["telecom.webhook"].create(
            {
                "name": "shop",
                "base_url": "https://shop.example/hook",
                "event_type_ids": self._ref("webhook_event_payment_received").ids,
            }
        )
        payment = self._receive("20.00")
        message = webhook.call_ids
        self.assertEqual(
            (message.res_model, message.res_id), (payment._name, payment.id)
        )
        data = json.loads(message.body)["data"]
        self.assertEqual(data["billing_account"], self.account.code)
        self.assertEqual(data["amount"], "20.00")
        self.assertEqual(data["bill_ids"], self.september.ids)
        notice = self.Notice.search([("res_id", "=", payment.id)])
        self.assertEqual(notice.kind_id.code, "payment_received")
        self.assertEqual(notice.partner_id, self.account.partner_id)

    def test_payment_is_not_told_to_the_payer_where_the_company_does_not_want_it(self):
        self.company.telecom_tells_payments = False
        payment = self._receive("20.00")
        self.assertFalse(self.Notice.search([("res_id", "=", payment.id)]))

    def test_agent_reads_payments_of_accounts_and_no_others(self):
        ours = self._receive("20.00")
        other = self.env["account.payment"].create(
            {
                "partner_id": self.account.partner_id.id,
                "journal_id": self.bank_journal.id,
                "amount": 1,
            }
        )
        agent = new_test_user(
            self.env, "pay_agent", groups="somconnexio_base.group_telecom_agent"
        )
        found = self.env["account.payment"].with_user(agent).search([])
        self.assertIn(ours, found)
        self.assertNotIn(other, found)
        self.assertFalse(found.has_access("write"))
        action = self.account.with_user(agent).action_view_payments()
        self.assertEqual(found.search(action["domain"]), ours)
        self.assertEqual(self.account.with_user(agent).payment_count, 1)

    def test_technician_opens_the_account_and_reads_no_payment(self):
        self._receive("20.00")
        technician = new_test_user(
            self.env,
            "pay_technician",
            groups="somconnexio_base.group_telecom_technician",
        )
        self.assertFalse(
            self.env["account.payment"].with_user(technician).has_access("read")
        )
        account = self.account.with_user(technician)
        views = account.get_views([(False, "form")])
        fields_shown = views["models"][account._name]["fields"]
        self.assertNotIn("payment_count", fields_shown)
        shown = account.read([name for name in fields_shown if name != "id"])
        self.assertEqual(shown[0]["code"], self.account.code)
