# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One call of a bank, with its repetitions when another call was at the same."""

import logging
import random
import time
from datetime import datetime, timezone

from psycopg2.errors import ReadOnlySqlTransaction

from odoo.addons.somconnexio_base.models.notice.own_transaction import own_transaction

from ...gateway_protocols.outcome import Outcome, Refusal
from .payment_gateway_answering import CONCURRENCY_ERRORS, NOTHING

_logger = logging.getLogger(__name__)

TRIES = 6


def serve(gateway, call, client):
    """Answer one call and keep it; what was booked is committed before it is told.

    Core's own repetition waits up to two seconds before a second try, and takes a
    doubled key for a mistake; a bank wants its answer within one.

    :param gateway: telecom.payment.gateway, in a transaction that nobody else uses
    :param call: Call
    :param str client: address
    :return: Reply
    """
    started, received_at = time.monotonic(), datetime.now(timezone.utc)
    reply = _answer(gateway, call, client)
    gateway.env.cr.commit()  # pylint: disable=invalid-commit
    duration_ms = round(1000 * (time.monotonic() - started))
    keep(gateway, call, client, reply, received_at.replace(tzinfo=None), duration_ms)
    return reply


def _answer(gateway, call, client):
    """Return the Reply to a call, whatever happens."""
    understood = NOTHING
    try:
        understood = gateway._understand(call)
        refusal = gateway._let_in(call, client, understood)
        if refusal:
            return gateway._refuse(refusal, understood)
        return _try_often(gateway, understood)
    except ReadOnlySqlTransaction:
        raise  # core serves the call again with a cursor that writes
    except CONCURRENCY_ERRORS:
        outcome = Outcome.TEMPORARY
    except Exception:
        _logger.exception("Call of bank app %s could not be answered", gateway.id)
        outcome = Outcome.INTERNAL
    _start_again(gateway)
    return gateway._refuse(Refusal(outcome), understood)


def _try_often(gateway, understood):
    """Carry out a call; when another was at the same, look again what it has done."""
    for attempt in range(1, TRIES + 1):
        try:
            return gateway._answer(understood)
        except CONCURRENCY_ERRORS:
            if attempt == TRIES:
                raise
            _start_again(gateway)
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
    raise AssertionError("unreachable")


def _start_again(gateway):
    gateway.env.cr.rollback()
    gateway.env.transaction.reset()


def keep(gateway, call, client, reply, received_at, duration_ms):
    """Keep a call in a transaction of its own: it is no reason to fail."""
    try:
        with own_transaction(gateway) as own:
            own._note(call, client, reply, received_at, duration_ms)
    except Exception:
        _logger.exception("Call of bank app %s could not be kept", gateway.id)
