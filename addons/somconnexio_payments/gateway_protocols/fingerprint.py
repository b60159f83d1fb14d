# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What makes two calls the same payment."""

import hashlib


def fingerprint(identifier, amount, currency, bill=""):
    """Return the hash of what may not change when a transaction comes again.

    The identifier counts as it was sent: the same person by another one is another
    call, and banks repeat calls as they were.
    """
    parts = (identifier, format(amount, "f"), currency, bill)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
