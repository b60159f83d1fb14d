# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One movement of an account is one, in whichever file the bank tells of it."""

from collections import Counter
from hashlib import sha256

from .references import compact


class Keys:
    """Make the keys of the entries of one file.

    A key is account, reference, amount and day; the reference is the bank's, or of a
    single transaction its EndToEndId, or what is known of it. The number at the end
    tells apart entries of one file that are alike.
    """

    def __init__(self):
        self._seen = Counter()

    def of(self, account, entry):
        """Return the key of an entry of an account."""
        parts = (
            account,
            _reference(entry),
            f"{entry.amount:.5f}",
            entry.currency,
            entry.booking_date.isoformat(),
        )
        base = "|".join(parts)
        self._seen[base] += 1
        return f"{base}|{self._seen[base]}"


def _reference(entry):
    if entry.bank_reference:
        return f"B:{entry.bank_reference}"
    details = entry.details
    if len(details) == 1:
        for prefix, reference in (
            ("B", details[0].bank_reference),
            ("E", details[0].end_to_end_id),
        ):
            if reference:
                return f"{prefix}:{reference}"
    words = "|".join([entry.code, entry.reference, *(d.text for d in details)])
    known = compact(words) + entry.value_date.isoformat()
    return f"T:{sha256(known.encode()).hexdigest()[:32]}"
