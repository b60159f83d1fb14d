# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Real calls with connections of their own: at once, killed half-way, beside a run."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from unittest.mock import patch

import requests

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tests.common import HttpCase
from odoo.tools import SQL, mute_logger

from odoo.addons.somconnexio_base.tests.common import QUIET

from ..gateway_protocols.messages import Call
from ..models.gateway import serving
from .gateway_world import ADDRESS, SLUG, GatewayWorld

AT_ONCE = 20


class Killed(BaseException):
    """What ends a worker: nobody catches it."""


@tagged("post_install", "-at_install")
class TestGatewayConcurrency(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.world = GatewayWorld(cls.registry)
        cls.addClassCleanup(cls.world.remove)

    def _query(self, transaction_id, amount="1.00"):
        return self.world.query(transaction_id, amount)

    def _booked(self, transaction_id):
        return self.world.booked(transaction_id)

    def _serve(self, query):
        """Answer a call in a worker's cursor; return the bytes."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            gateway = env["telecom.payment.gateway"]._by_slug(SLUG)
            return serving.serve(gateway, Call("GET", query), "127.0.0.1").body

    def test_twenty_calls_at_once_over_http_make_one_payment(self):
        url = f"http://127.0.0.1:{HttpCase.http_port()}{ADDRESS}?{self._query('20')}"
        barrier = Barrier(AT_ONCE)

        def call(_number):
            barrier.wait(timeout=30)
            response = requests.get(url, timeout=60)
            return response.status_code, response.content

        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(call, range(AT_ONCE)))
        final = {body for _status, body in answers if b"<result>1</result>" not in body}
        self.assertEqual(len(final), 1, "all get the same bytes, or are to repeat")
        self.assertIn(b"<result>0</result>", final.pop())
        self.assertEqual(self._booked("20"), (1, 1.0))

    def test_five_different_payments_of_one_person_at_once_are_all_booked(self):
        barrier = Barrier(5)

        def pay(number):
            query = self._query(str(number))
            barrier.wait(timeout=30)
            return self._serve(query)

        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(pay, range(31, 36)))
        for number, answer in zip(range(31, 36), answers, strict=True):
            if b"<result>0</result>" not in answer:
                self.assertIn(b"<result>1</result>", answer)
                self._serve(self._query(str(number)))  # as the bank would
            self.assertEqual(self._booked(str(number)), (1, 1.0))

    def test_worker_killed_before_the_commit_leaves_nothing_and_the_retry_books(self):
        query = self._query("41")
        Transaction = self.registry["telecom.payment.gateway.transaction"]
        with patch.object(Transaction, "_keep_reply", side_effect=Killed):
            with self.assertRaises(Killed):
                self._serve(query)
        self.assertEqual(self._booked("41"), (0, 0.0))
        self.assertIn(b"<result>0</result>", self._serve(query))
        self.assertEqual(self._booked("41"), (1, 1.0))

    def test_worker_killed_after_the_commit_has_booked_and_the_retry_is_told(self):
        query = self._query("42")
        with patch.object(serving, "keep", side_effect=Killed):
            with self.assertRaises(Killed):
                self._serve(query)
        self.assertEqual(self._booked("42"), (1, 1.0))
        first = self._serve(query)
        self.assertEqual(first, self.world.kept_reply("42"))
        self.assertEqual(self._serve(query), first)
        self.assertEqual(self._booked("42"), (1, 1.0))

    def test_failure_while_booking_is_answered_as_temporary_and_leaves_nothing(self):
        query = self._query("43")
        Account = self.registry["telecom.billing.account"]
        with (
            patch.object(Account, "_tell_receipt", side_effect=ValueError("broken")),
            mute_logger(serving.__name__),
        ):
            answer = self._serve(query)
        self.assertIn(b"<result>1</result>", answer)
        self.assertNotIn(b"broken", answer)
        self.assertEqual(self._booked("43"), (0, 0.0))

    def test_payment_does_not_wait_for_who_writes_the_payer(self):
        with self.registry.cursor() as cr, ThreadPoolExecutor(1) as pool:
            cr.execute(
                SQL(
                    "UPDATE res_partner SET customer_rank = 5 WHERE id = %s",
                    self.world.partner_id,
                )
            )
            answer = pool.submit(self._serve, self._query("50"))
            try:
                self.assertIn(b"<result>0</result>", answer.result(timeout=20))
            finally:
                cr.rollback()

    def test_payment_does_not_wait_for_a_bill_run_that_bills_the_same_account(self):
        is_posted, may_end = Event(), Event()

        def post_bill():
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
                account = env["telecom.billing.account"].browse(self.world.account_id)
                bill = env["account.move"].create(
                    self.world._bill_values(account.partner_id, account, 20)
                )
                bill.action_post()
                env.flush_all()
                is_posted.set()
                may_end.wait(timeout=60)

        with ThreadPoolExecutor(2) as pool:
            run = pool.submit(post_bill)
            self.assertTrue(is_posted.wait(timeout=60))
            try:
                answer = pool.submit(self._serve, self._query("51")).result(timeout=20)
            finally:
                may_end.set()
            run.result(timeout=60)
        self.assertIn(b"<result>0</result>", answer)
        self.assertEqual(self._booked("51"), (1, 1.0))
