# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, config, mute_logger

from .outbox_simulator import OutboxSimulator

#: What a sender does in a process of its own.
SENDER = """
import sys
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[2:])
registry = Registry(sys.argv[1])
with registry.cursor() as cr:
    outbox = api.Environment(cr, SUPERUSER_ID, {})["telecom.outbox"]
    endpoint = outbox.env["telecom.outbox.endpoint"]._by_code("test_concurrency")
    outbox._job_send(endpoint.ids)
"""
CALL_COUNT = 24
CLEAN_UP = (
    "DELETE FROM telecom_outbox WHERE endpoint_id = %s",
    "DELETE FROM telecom_outbox_endpoint WHERE id = %s",
)


@tagged("post_install", "-at_install")
class TestOutboxConcurrency(BaseCase):
    """Several senders, and one that is killed, make each call once.

    The tests commit what they need and remove it again.
    """

    def setUp(self):
        super().setUp()
        self.simulator = self.enterContext(OutboxSimulator())
        self.database = db_connect(get_db_name())
        with self.database.cursor() as cr:
            self.endpoint_id = self._create_endpoint(self._environment(cr)).id
        self.addCleanup(self._remove_data)

    @staticmethod
    def _environment(cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def _create_endpoint(self, env):
        return env["telecom.outbox.endpoint"].create(
            {
                "name": "Concurrency test",
                "code": "test_concurrency",
                "base_url": self.simulator.url,
                "is_private_allowed": True,
                "unknown_policy": "ask",
                "status_path": "/status/{key}",
                "answer_timeout_seconds": 30,
            }
        )

    def _remove_data(self):
        with self.database.cursor() as cr:
            for statement in CLEAN_UP:
                cr.execute(SQL(statement, self.endpoint_id))

    def _enqueue(self, count):
        with self.database.cursor() as cr:
            outbox = self._environment(cr)["telecom.outbox"]
            for number in range(count):
                outbox._enqueue("test_concurrency", "POST", "/", {}, f"K{number}")

    def _send(self, seconds_later=0):
        moment = fields.Datetime.now() + timedelta(seconds=seconds_later)
        with self.database.cursor() as cr:
            outbox = self._environment(cr)["telecom.outbox"]
            if not seconds_later:
                return outbox._job_send([self.endpoint_id])
            with freeze_time(moment, tick=True):
                return outbox._job_send([self.endpoint_id])

    def _states(self):
        with self.database.cursor() as cr:
            rows = self._environment(cr)["telecom.outbox"]._read_group(
                [("endpoint_id", "=", self.endpoint_id)], ["state"], ["__count"]
            )
            return dict(rows)

    @mute_logger("odoo.sql_db")
    def test_four_senders_make_each_call_once(self):
        self._enqueue(CALL_COUNT)
        with ThreadPoolExecutor(max_workers=4) as pool:
            for sender in [pool.submit(self._send) for _sender in range(4)]:
                sender.result(timeout=60)
        self.assertEqual(self._states(), {"done": CALL_COUNT})
        self.assertEqual(len(self.simulator.requests), CALL_COUNT)
        self.assertEqual(set(self.simulator.work.values()), {1})

    @mute_logger("odoo.sql_db")
    def test_sender_killed_while_it_waits_for_an_answer_repeats_nothing(self):
        self._enqueue(3)
        self.simulator.faults = ["ok", "hang"]
        sender = self._start_sender()
        for _request in range(2):
            self.assertTrue(self.simulator.arrived.acquire(timeout=120))
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait(timeout=30)
        self.assertEqual(self._states(), {"done": 1, "sending": 1, "pending": 1})
        self._send()
        self.assertEqual(self._states(), {"done": 2, "sending": 1})
        self._send(seconds_later=200)  # its lease is over: unknown
        self.assertEqual(self._states(), {"done": 2, "unknown": 1})
        self._send(seconds_later=300)  # asked
        self.assertEqual(self._states(), {"done": 3})
        self.assertEqual(self.simulator.questions, ["K1"])
        self.assertEqual(self.simulator.work, {"K0": 1, "K1": 1, "K2": 1})
        self.assertEqual(sorted(self.simulator.keys), ["K0", "K1", "K2"])

    def _start_sender(self):
        """Start a sender in a process of its own."""
        options = [
            f"--addons-path={','.join(config['addons_path'])}",
            f"--data-dir={config['data_dir']}",
            f"--db_host={config['db_host'] or ''}",
            f"--db_port={config['db_port'] or ''}",
            f"--db_user={config['db_user'] or ''}",
        ]
        environment = {**os.environ, "PGPASSWORD": config["db_password"] or ""}
        process = subprocess.Popen(
            [sys.executable, "-c", SENDER, get_db_name(), *options],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(process.kill)
        return process
