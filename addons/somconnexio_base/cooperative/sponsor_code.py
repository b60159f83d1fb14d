# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The code by which a member sponsors others: six letters and digits, said aloud.

No letter or digit that is taken for another (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
"""

import secrets

ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 6


def draw() -> str:
    """Return a new code; 148 million are possible, none follows from another.

    >>> len(draw()), is_valid(draw())
    (6, True)
    """
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def compact(code: str) -> str:
    """Return a code as it is stored, however it was typed.

    >>> compact(" acd-efg ")
    'ACDEFG'
    """
    return "".join((code or "").split()).replace("-", "").upper()


def is_valid(code: str) -> bool:
    """Tell whether ``code`` has the form of a code.

    >>> is_valid("ACDEFG"), is_valid("ACDE0G")
    (True, False)
    """
    code = compact(code)
    return len(code) == LENGTH and set(code) <= set(ALPHABET)
