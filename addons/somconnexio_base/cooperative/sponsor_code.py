# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The code by which a member sponsors others: six letters and digits, said aloud.

New codes have no letter or digit that is taken for another (0 O, 1 I L, 2 Z, 5 S, 8 B,
U V); codes taken over from elsewhere may.
"""

import secrets

ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 6


def draw() -> str:
    """Return a new code; 148 million are possible, none follows from another.

    >>> len(draw()), set(draw()) <= set(ALPHABET)
    (6, True)
    """
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def compact(code: str) -> str:
    """Return a code as it is stored, however it was typed.

    >>> compact(" acd-efg ")
    'ACDEFG'
    """
    return "".join((code or "").split()).replace("-", "").upper()
