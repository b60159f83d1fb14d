# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Cards and Bizum through Odoo's own providers, over HTTP, from link to ledger."""

import json
from unittest import SkipTest

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .desk_common import DeskCommon
from .dunning_common import DunningCommon
from .online_common import set_up_journal
from .redsys_simulator import RedsysSimulator

KEY = "sq7HjrUOBfKmC576ILgskD5srU870gJ7"
OTHER_KEY = "Mk9m98IfEblmPfrpsawt7BmxObt98Jev"
LOGGERS = (
    "odoo.addons.payment.models.payment_transaction",
    "odoo.addons.payment_redsys.controllers.main",
    "odoo.http",
)


@tagged("post_install", "-at_install")
class TestOnlineProviders(DunningCommon, DeskCommon, HttpCase):
    """``payment_demo`` and ``payment_redsys`` are those of Odoo; Redsys is played."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = [f"payment.payment_provider_{code}" for code in ("demo", "redsys")]
        cls.demo, cls.redsys = map(cls.env.ref, names)
        if {cls.demo.module_state, cls.redsys.module_state} != {"installed"}:
            raise SkipTest(
                "Install payment_demo and payment_redsys, as `make test` does."
            )
        cls.redsys.write(
            {
                "redsys_merchant_code": "999008881",
                "redsys_merchant_terminal": "1",
                "redsys_secret_key": KEY,
            }
        )
        for provider in cls.demo | cls.redsys:
            cls._put_in_use(provider)
        cls.shop = RedsysSimulator(KEY)
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.bizum = cls.env.ref("payment.payment_method_bizum")
        cls.env["telecom.notice.kind"].search([]).channel_plan = "mail"
        cls.webhook = cls.env["telecom.webhook"].create(
            {
                "name": "Other system",
                "base_url": "https://example.org/told",
                "event_type_ids": cls.env.ref(
                    "somconnexio_base.webhook_event_payment_received"
                ).ids,
            }
        )

    @classmethod
    def _put_in_use(cls, provider):
        """Do what an accountant does in the provider's form."""
        provider.write({"company_id": cls.company.id, "is_published": True})
        provider.state = "test"
        set_up_journal(provider, cls.bank_journal, cls.account_outstanding)

    def setUp(self):
        super().setUp()
        muted = mute_logger(*LOGGERS)
        muted.__enter__()
        self.addCleanup(muted.__exit__, None, None, None)

    def _path(self, record):
        return "/telecom/pay/" + record._pay_url().rsplit("/", 1)[1]

    def _call(self, path, **params):
        """Return what a JSON route of the site answers."""
        return self.url_open(
            path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    def _begin(self, record, provider, method, flow):
        """Press “Pay” on the page of a link; return what the form goes on with."""
        answer = self._call(
            self._path(record) + "/transaction",
            provider_id=provider.id,
            payment_method_id=method.id,
            token_id=None,
            flow=flow,
            tokenization_requested=False,
        )
        return answer["result"]

    def _pay_by_demo(self, record, state="done"):
        """Pay through the demo provider until its page says how it ended."""
        method = self.demo.payment_method_ids[:1]
        begun = self._begin(record, self.demo, method, "direct")
        self._call(
            "/payment/demo/simulate_payment",
            reference=begun["reference"],
            payment_details="4242",
            simulated_state=state,
        )
        return self._follow(begun["reference"])

    def _follow(self, reference):
        """Wait on the page of the outcome; return what it says, and the transaction."""
        self.assertEqual(self.url_open("/payment/status").status_code, 200)
        outcome = self._call("/payment/status/poll")["result"]
        transaction = self.env["payment.transaction"].search(
            [("reference", "=", reference)]
        )
        self.env.invalidate_all()
        return outcome, transaction

    def _ask_redsys(self, record, method=None):
        """Press “Pay”; return what Redsys is asked for, its signature checked."""
        begun = self._begin(record, self.redsys, method or self.card, "redirect")
        return self.shop.take(begun["redirect_form_html"])

    def _notify(self, told):
        """Let Redsys, or somebody else, call our address; return the HTTP status."""
        status = self.url_open("/payment/redsys/webhook", data=told).status_code
        self.env.invalidate_all()
        return status

    def _transaction(self, asked):
        return self.env["payment.transaction"].search(
            [("reference", "=", asked["DS_MERCHANT_ORDER"])]
        )

    def _payments(self):
        return self.env["account.payment"].search(
            [("telecom_billing_account_id", "=", self.account.id)]
        )

    def _notices(self, code, record):
        return self.env["telecom.notice"].search_count(
            [("kind_id.code", "=", code), ("res_id", "=", record.id)]
        )

    def test_bill_paid_through_the_demo_provider_is_booked_and_told(self):
        bill = self._create_bill(self.account, 12.34)
        outcome, transaction = self._pay_by_demo(bill)
        self.assertEqual(
            (outcome["state"], outcome["landing_route"]), ("done", self._path(bill))
        )
        self.assertEqual(bill.amount_residual, 0)
        payment = self._payments()
        self.assertEqual((payment.amount, transaction.payment_id), (12.34, payment))
        self.assertEqual(self._notices("payment_received", payment), 1)
        self.assertEqual(len(self.webhook.call_ids), 1)
        self.assertIn("alert-success", self.url_open(self._path(bill)).text)

    def test_paying_the_whole_debt_gives_a_suspended_line_back_at_once(self):
        bills = [
            self._create_service_bill({self.mobile: 20}),
            self._create_service_bill({self.other: 30}),
        ]
        self._reach_suspension()
        self.assertEqual(self.mobile.telecom_state, "suspended")
        _outcome, transaction = self._pay_by_demo(self.account)
        self.assertEqual(set(transaction.invoice_ids), set(bills))
        self.assertEqual([bill.amount_residual for bill in bills], [0, 0])
        self.assertEqual(
            {self.mobile.telecom_state, self.other.telecom_state}, {"active"}
        )
        self.assertEqual(self._case().state, "clear")

    def test_pending_cancelled_and_failed_payments_leave_the_bill_owed(self):
        bill = self._create_bill(self.account, 10)
        for state in ("pending", "cancel", "error"):
            outcome, _transaction = self._pay_by_demo(bill, state)
            with self.subTest(state):
                self.assertEqual(outcome["state"], state)
                self.assertEqual(bill.amount_residual, 10)
        self.assertFalse(self._payments())
        self.assertIn("alert-warning", self.url_open(self._path(bill)).text)

    def test_share_capital_paid_through_the_demo_provider_makes_a_member(self):
        member = self._create_member("Joan", paid=False)
        call = member.call_ids.filtered(lambda one: one.state == "called")[:1]
        self._pay_by_demo(call)
        self.assertEqual((call.state, member.state), ("paid", "active"))

    def test_redsys_is_asked_for_what_is_owed_by_the_chosen_way(self):
        bill = self._create_bill(self.account, 12.34)
        for method, letter in ((self.card, "C"), (self.bizum, "z")):
            asked = self._ask_redsys(bill, method)
            self.assertEqual(
                (asked["DS_MERCHANT_AMOUNT"], asked["DS_MERCHANT_CURRENCY"]),
                ("1234", 978),
            )
            self.assertEqual(asked["DS_MERCHANT_PAYMETHODS"], letter)
            self.assertIn("sis-t.redsys.es", asked["address"])

    def test_signed_notification_pays_once_however_often_it_comes(self):
        bill = self._create_bill(self.account, 10)
        asked = self._ask_redsys(bill, self.bizum)
        told = self.shop.answer(asked)
        for _time in range(3):
            self.assertEqual(self._notify(told), 200)
            self._transaction(asked)._post_process()
        self.assertEqual(
            (self._transaction(asked).state, len(self._payments())), ("done", 1)
        )
        self.assertEqual((bill.amount_residual, len(self.webhook.call_ids)), (0, 1))

    def test_forged_notification_is_refused_and_changes_nothing(self):
        bill = self._create_bill(self.account, 10)
        asked = self._ask_redsys(bill)
        signed = self.shop.answer(asked)
        other = self.shop.answer(asked, Ds_Amount="1")
        forged = {
            "another key": self.shop.answer(asked, key=OTHER_KEY),
            "other words": {
                **signed,
                "Ds_MerchantParameters": other["Ds_MerchantParameters"],
            },
            "no signature": {**signed, "Ds_Signature": ""},
        }
        for name, told in forged.items():
            with self.subTest(name):
                self.assertEqual(self._notify(told), 403)
                self.assertEqual(self._transaction(asked).state, "draft")
        self.assertEqual(self._notify(other), 200)
        self.assertEqual(self._transaction(asked).state, "error")
        self.assertEqual(bill.amount_residual, 10)
        self.assertFalse(self._payments())

    def test_refused_card_can_be_followed_by_one_that_pays(self):
        bill = self._create_bill(self.account, 10)
        asked = self._ask_redsys(bill)
        self._notify(self.shop.answer(asked, "0190"))
        self.assertEqual(self._transaction(asked).state, "error")
        again = self._ask_redsys(bill)
        self._notify(self.shop.answer(again))
        outcome, _transaction = self._follow(again["DS_MERCHANT_ORDER"])
        self.assertEqual((outcome["state"], bill.amount_residual), ("done", 0))

    def test_who_closes_the_browser_is_booked_by_the_scheduler_at_once(self):
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        waiting = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        asked = self._ask_redsys(self._create_bill(self.account, 10))
        self._notify(self.shop.answer(asked))
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers - waiting), 1)
        self.assertTrue(cron.active)

    def test_member_pays_on_the_page_itself(self):
        bill = self._create_bill(self.account, 10)
        self.start_tour(self._path(bill), "somconnexio_payments.pay_page", login=None)
        self.env.invalidate_all()
        self.assertEqual(bill.amount_residual, 0)
