# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to test calls to other systems against a simulator over HTTP."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from .common import SomconnexioCommon
from .outbox_simulator import OutboxSimulator

#: When the tests begin.
START_AT = datetime(2026, 10, 15, 10, 0, 0)


class OutboxCommon(SomconnexioCommon):
    """One simulator and an endpoint ``cls.endpoint`` with the code ``erp``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.simulator = cls.enterClassContext(OutboxSimulator())
        cls.Outbox = cls.env["telecom.outbox"]
        cls.endpoint = cls._create_endpoint()

    def setUp(self):
        super().setUp()
        self.simulator.reset()

    @classmethod
    def _create_endpoint(cls, code="erp", **vals):
        """Return an endpoint at the simulator, without spread and soon impatient."""
        return cls.env["telecom.outbox.endpoint"].create(
            {
                "name": "Other system",
                "code": code,
                "base_url": cls.simulator.url,
                "is_private_allowed": True,
                "retry_schedule": "10s 60s",
                "jitter_percent": 0,
                "answer_timeout_seconds": 1,
                "unknown_policy": "ask",
                "status_path": "/status/{key}",
                "ask_after_seconds": 30,
                "breaker_failure_count": 100,
                **vals,
            }
        )

    def _enqueue(self, key="K1", code="erp", payload=None, at_seconds=0, **options):
        """Return a call, enqueued so many seconds after the start."""
        with freeze_time(START_AT + timedelta(seconds=at_seconds)):
            return self.Outbox._enqueue(
                code, "POST", "/orders", payload or {"id": 1}, key, **options
            )

    @contextmanager
    def _clock(self, seconds):
        """Let it be so many seconds after the start."""
        with freeze_time(START_AT + timedelta(seconds=seconds)):
            yield

    def _send(self, seconds=1):
        """Run the sender as if it were so many seconds after the start.

        :return: int, the calls and questions that it made
        """
        count = 0
        with self._clock(seconds), self.enter_registry_test_mode():
            self.Outbox._commit_apart(lambda outbox: outbox._sweep_lost())
            while self.Outbox._send_next():
                count += 1
        return count

    def _abandon(self, seconds=1):
        """Claim a call as a sender that dies before it sends.

        :return: the task that it would have done
        """
        with self._clock(seconds), self.enter_registry_test_mode():
            return self.Outbox._commit_apart(lambda outbox: outbox._claim_task())

    def _kinds(self, call):
        """Return what happened to a call, oldest first: (kind, outcome)."""
        attempts = call.attempt_ids.sorted("id")
        return [(attempt.kind, attempt.outcome) for attempt in attempts]
