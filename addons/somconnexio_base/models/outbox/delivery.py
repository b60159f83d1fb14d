# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One attempt at a call, outside any transaction and without the ORM."""

from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from odoo import fields

from ...outbox import transport, verdict
from ...outbox.verdict import Verdict


@dataclass(frozen=True)
class Task:
    """A claimed call: what to send, and whether it is a question about it."""

    call_id: int
    claim_count: int
    is_question: bool
    is_webhook: bool
    is_private_allowed: bool
    limits: transport.Limits
    started_at: datetime
    lease_until_at: datetime
    request: transport.Request | None = None
    error: str = ""


@dataclass(frozen=True)
class Result:
    """What came of a task; ``status`` None: no answer."""

    verdict: Verdict
    status: int | None = None
    error: str = ""
    answer: str = ""
    retry_after: str | None = None
    duration_ms: int = 0


def perform(task):
    """Do what a task says; outside any transaction.

    :return: Result, whatever happens
    """
    started = monotonic()
    result = _attempt(task)
    return replace(result, duration_ms=int((monotonic() - started) * 1000))


def _attempt(task):
    """Send once and judge what came back."""
    not_done = Verdict.UNKNOWN if task.is_question else Verdict.RETRY
    if task.request is None:
        return Result(not_done, error=task.error)
    if fields.Datetime.now() >= task.lease_until_at:
        return Result(not_done, error="the sender was stopped before it could send")
    try:
        answer = transport.send(task.request, task.limits, task.is_private_allowed)
    except transport.NotSentError as error:
        return Result(not_done, error=f"not sent: {error}")
    except transport.UnclearError as error:
        return Result(_judge(task, None), error=f"sent, no answer: {error}")
    text = answer.body.decode("utf-8", "replace").replace("\0", "")
    return Result(
        verdict=_judge(task, answer.status),
        status=answer.status,
        error="" if 200 <= answer.status < 300 else f"HTTP {answer.status}",
        answer=text,
        retry_after=answer.retry_after,
    )


def _judge(task, status):
    """Return what an answer says about the task's call."""
    if task.is_question:
        return verdict.of_status_page(status)
    if task.is_webhook:
        return verdict.of_webhook(status)
    return verdict.of_call(status, is_safe=task.request.method == "GET")
