# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.online_payment.online_payable import MAX_PER_HOUR
from ..models.online_payment.pay_visit import MAX_WRONG
from .desk_common import DeskCommon
from .online_common import OnlineMixin


@tagged("post_install", "-at_install")
class TestOnlinePages(OnlineMixin, DeskCommon, HttpCase):
    """The pages behind pay links, as somebody without a login sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()
        cls.account = cls._create_payer("Núria Secret", iban=None)
        cls.bill = cls._create_bill(cls.account, 12.34)
        cls.other = cls._create_bill(cls.account, 20)

    def _path(self, record):
        return "/telecom/pay/" + record._pay_url().rsplit("/", 1)[1]

    def _begin_by_page(self, record, **changes):
        """Return the answer of the route that begins a payment."""
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.pay_method.id,
            "token_id": None,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "https://evil.example",
            "is_validation": False,
            "amount": 0.01,
            "currency_id": self.env.ref("base.USD").id,
            "partner_id": 1,
            **changes,
        }
        answer = self.url_open(
            self._path(record) + "/transaction",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def _transactions(self):
        return self.env["payment.transaction"].search(
            [("provider_id", "=", self.provider.id)]
        )

    def test_page_shows_what_is_owed_and_nothing_of_the_person(self):
        page = self.url_open(self._path(self.account))
        self.assertEqual(page.status_code, 200)
        for text in (self.bill.name, self.other.name, "32.34"):
            self.assertIn(text, page.text.replace("32,34", "32.34"))
        for text in ("Secret", "Carrer Major", self.account.partner_id.email or "@@@"):
            self.assertNotIn(text, page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("o_payment_form", page.text)

    def test_page_says_where_to_transfer_what_is_owed(self):
        self.company.telecom_debit_journal_id = self.bank_journal
        page = self.url_open(self._path(self.bill)).text
        self.assertIn("ES91 2100 0418 4502 0005 1332", page)
        self.company.telecom_debit_journal_id = False
        page = self.url_open(self._path(self.bill)).text
        self.assertNotIn("ES91", page)

    def test_page_of_what_is_paid_offers_nothing(self):
        self._tell(self._begin(self.bill), "done")
        page = self.url_open(self._path(self.bill))
        self.assertNotIn("o_payment_form", page.text)

    @mute_logger("odoo.http")
    def test_payment_is_of_what_is_owed_whatever_the_browser_says(self):
        result = self._begin_by_page(self.bill)["result"]
        transaction = self._transactions()
        self.assertEqual(result["reference"], transaction.reference)
        self.assertEqual(
            (transaction.amount, transaction.currency_id.name), (12.34, "EUR")
        )
        self.assertEqual(transaction.partner_id, self.account.partner_id)
        self.assertEqual(transaction.invoice_ids, self.bill)
        self.assertEqual(transaction.landing_route, self._path(self.bill))
        self.assertFalse(transaction.tokenize)

    @mute_logger("odoo.http")
    def test_card_is_saved_for_who_is_logged_in_only(self):
        self._begin_by_page(self.bill, tokenization_requested=True)
        self.assertFalse(self._transactions().tokenize)
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.pay_method.id,
                "payment_details": "4242",
                "partner_id": self.account.partner_id.id,
                "provider_ref": "ref",
            }
        )
        self.assertNotIn("4242", self.url_open(self._path(self.bill)).text)
        answer = self._begin_by_page(self.bill, flow="token", token_id=token.id)
        self.assertIn("error", answer)

    @mute_logger("odoo.http")
    def test_provider_of_another_company_or_a_hidden_one_is_refused(self):
        self.provider.is_published = False
        self.assertIn("error", self._begin_by_page(self.bill))
        self.assertFalse(self._transactions())

    @mute_logger("odoo.http")
    def test_odd_choices_of_a_browser_are_not_found(self):
        foreign = self.env["payment.method"].create(
            {"name": "Not of this provider", "code": "none_of_it"}
        )
        for odd in (
            {"provider_id": "1"},
            {"provider_id": [self.provider.id]},
            {"provider_id": True},
            {"payment_method_id": foreign.id},
            {"payment_method_id": None},
            {"token_id": "abc"},
            {"flow": ["redirect"]},
            {"flow": "token", "token_id": {"a": 1}},
        ):
            with self.subTest(odd):
                answer = self._begin_by_page(self.bill, **odd)
                self.assertIn("NotFound", answer["error"]["data"]["name"])
        self.assertFalse(self._transactions())

    @mute_logger("odoo.http")
    def test_forged_cut_and_old_links_are_not_found(self):
        path = self._path(self.bill)
        other = self._path(self.other)
        forged = path[:60] + other[60:]
        links = [path[:-3], path[:-1] + "x", "/telecom/pay/x", forged + "A"]
        for link in links:
            with self.subTest(link):
                answer = self.url_open(link)
                self.assertEqual(answer.status_code, 404)
                self.assertIn("alert-warning", answer.text)
                self.assertNotIn("o_payment_form", answer.text)
        with freeze_time(fields.Datetime.now() + timedelta(days=90)):
            payable = self.env["telecom.online.payable"]
            self.assertIsNone(payable._payable_of(path.rsplit("/", 1)[1]))
        self.assertEqual(self.url_open(path).status_code, 200)

    @mute_logger("odoo.http")
    def test_who_tries_many_wrong_links_is_stopped(self):
        Visit = self.env["telecom.pay.visit"]
        for _time in range(MAX_WRONG):
            Visit._note_wrong("127.0.0.1")
        answer = self.url_open("/telecom/pay/wrong")
        self.assertEqual(answer.status_code, 429)
        self.assertEqual(self.url_open(self._path(self.bill)).status_code, 200)
        row = Visit.search([])
        self.assertEqual(sum(row.mapped("wrong_count")), MAX_WRONG)
        self.assertNotIn("127.0.0.1", row.client_hash)

    @mute_logger("odoo.http")
    def test_stolen_cards_cannot_be_tried_out_by_one_link(self):
        for number in range(MAX_PER_HOUR):
            self._begin(self.bill, reference=f"try {number}")
        answer = self._begin_by_page(self.bill)
        self.assertIn("Too many payments", answer["error"]["data"]["message"])
        self.assertEqual(len(self._transactions()), MAX_PER_HOUR)

    @mute_logger("odoo.http")
    def test_nothing_owed_begins_no_payment(self):
        self._tell(self._begin(self.bill), "done")
        answer = self._begin_by_page(self.bill)
        self.assertIn("Nothing is owed", answer["error"]["data"]["message"])

    def test_link_is_the_same_all_day(self):
        with freeze_time("2026-10-15 08:00:00"):
            first = self.bill.telecom_pay_url
        self.bill.invalidate_recordset(["telecom_pay_url"])
        with freeze_time("2026-10-15 18:00:00"):
            self.assertEqual(self.bill.telecom_pay_url, first)
        self.assertNotIn(str(self.account.partner_id.name), first)
