# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Calls over HTTP to a server with several workers, some of them killed by SIGKILL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from .gateway_server import GatewayServer, held_up
from .gateway_world import ADDRESS, GatewayWorld

WORKERS, AT_ONCE = 3, 20
CHECKS = 30


@tagged("post_install", "-at_install")
class TestGatewayWorkers(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = GatewayWorld(Registry(get_db_name()))
        cls.addClassCleanup(cls.world.remove)
        cls.server = GatewayServer(WORKERS)
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.world.forget_limits()

    def _call(self, query):
        """Make a call; return the response, None for a cut connection."""
        try:
            return requests.get(self.server.url(f"{ADDRESS}?{query}"), timeout=60)
        except requests.ConnectionError:
            return None

    def _call_killed(self, query, place):
        """Make a call whose worker is killed at a place."""
        with held_up(place) as wait, ThreadPoolExecutor(1) as pool:
            call = pool.submit(self._call, query)
            wait()
            self.server.kill_workers()
            self.assertIsNone(call.result(timeout=60), "a killed worker is silent")

    def test_twenty_calls_at_once_to_three_workers_make_one_payment(self):
        query, barrier = self.world.query("120"), Barrier(AT_ONCE)

        def call(_number):
            barrier.wait(timeout=30)
            return self._call(query).content

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = set(pool.map(call, range(AT_ONCE)))
        self.assertEqual(answers, {self.world.kept_reply("120")})
        self.assertEqual(self.world.booked("120"), (1, 1.0))

    def test_worker_killed_between_commit_and_reply_has_booked_and_says_so_later(self):
        query = self.world.query("121")
        self._call_killed(query, "message")
        self.assertEqual(self.world.booked("121"), (1, 1.0))
        kept = self.world.kept_reply("121")
        self.assertIn(b"<result>0</result>", kept)
        for _time in range(2):
            self.assertEqual(self._call(query).content, kept)
        other = self._call(self.world.query("121", "2.00")).content
        self.assertIn(b"<result>300</result>", other)
        self.assertEqual(self.world.booked("121"), (1, 1.0))

    def test_worker_killed_while_it_books_leaves_nothing_and_the_retry_books(self):
        query = self.world.query("122")
        self._call_killed(query, "entry")
        self.assertEqual(self.world.booked("122"), (0, 0.0))
        answer = self._call(query).content
        self.assertIn(b"<result>0</result>", answer)
        self.assertEqual(self.world.booked("122"), (1, 1.0))
        self.assertEqual(self._call(query).content, answer)

    def test_who_owes_what_is_read_from_a_replica_and_paid_in_the_database(self):
        check = f"command=check&txn_id=77&account={self.world.account_code}"
        self.assertIn(b"<result>0</result>", self._call(check).content)
        self.assertIn(b"<result>0", self._call(self.world.query("124")).content)
        self.assertEqual(self.server.cursors_of("txn_id=77&"), {"ro"})
        self.assertEqual(self.server.cursors_of("txn_id=124&"), {"rw"})

    def test_guessing_is_limited_over_all_workers_and_beyond_their_end(self):
        query = f"command=check&txn_id=1&account={self.world.account_code}"
        with ThreadPoolExecutor(6) as pool:
            statuses = [
                response.status_code
                for response in pool.map(
                    lambda _number: self._call(query), range(CHECKS)
                )
            ]
        (limit,) = self.world.fetch(
            "SELECT calls_per_identifier FROM telecom_payment_gateway WHERE id = %s",
            self.world.gateway_id,
        )
        # A token comes back every three seconds meanwhile.
        self.assertIn(statuses.count(200), range(limit, limit + 4))
        self.assertEqual(statuses.count(429), CHECKS - statuses.count(200))
        self._call_killed(self.world.query("123"), "message")
        refused = [self._call(query).status_code for _time in range(4)]
        self.assertIn(429, refused)
