# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What makes a slice of bills cheaper than as many single bills."""

import gc
from contextlib import contextmanager

CONTEXT_KEY = "telecom_bill_batch"
LOCK_RETRY_SECONDS = 5


class BillBatch:
    """What the new bills of one slice share, looked up once.

    An instance travels in the context. No RPC client can put one there, so nobody
    outside a slice gets the shortcuts.

    :ivar dict last_numbers: last number of a journal and date -> see account.move
    """

    def __init__(self):
        self.last_numbers = {}
        self._has_early_discount = None

    def has_early_discount(self, env):
        """Tell whether any payment term grants a discount for paying early."""
        if self._has_early_discount is None:
            terms = env["account.payment.term"].sudo().with_context(active_test=False)
            self._has_early_discount = bool(
                terms.search_count([("early_discount", "=", True)], limit=1)
            )
        return self._has_early_discount


def current(env):
    """Return the batch that ``env`` works in, or None outside a slice."""
    batch = env.context.get(CONTEXT_KEY)
    return batch if isinstance(batch, BillBatch) else None


def batch_context():
    """Return the context in which the bills of one slice are made.

    Chatter and followers of 10,000 new bills are noise, and analytic lines are made
    on posting anyway: without them a bill costs half.
    """
    return {
        CONTEXT_KEY: BillBatch(),
        "tracking_disable": True,
        "mail_create_nolog": True,
        "mail_create_nosubscribe": True,
        "skip_analytic_sync": True,
        "skip_invoice_line_sync": True,
    }


@contextmanager
def paused_garbage_collection():
    """Let the collector rest while a slice fills the cache with short-lived records."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
