# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""References in what a payer wrote: whole words and neighbours, no parts of words."""

import re
import unicodedata

_RUN = re.compile(r"[A-Z0-9]+")
#: How many runs of letters and digits a reference of ours has at most: INV/2026/10/7.
MAX_RUNS = 5
SHORTEST, LONGEST = 3, 35
MAX_TOKENS = 400
#: What people write before the number of a member, in their languages.
_MEMBER_WORDS = {"SOCI", "SOCIA", "SOCIO", "SOCIS", "MEMBER", "MEMBRE", "MIEMBRO"}
_NUMBER_WORDS = {"N", "NO", "NUM", "NUMERO", "NUMBER", "NR", "NRO"}


def compact(text):
    """Return letters and digits only, in capitals and without accents.

    >>> compact("Inv/2026/00007"), compact("Núm. 7")
    ('INV202600007', 'NUM7')
    """
    return "".join(_runs(text))


def _runs(text):
    plain = unicodedata.normalize("NFKD", text or "").upper()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _RUN.findall(plain)


def tokens(text):
    """Return what could be a reference: a run of signs, or up to five in a row.

    >>> sorted(tokens("inv 2026/07"))
    ['2026', '202607', 'INV', 'INV2026', 'INV202607']
    """
    runs = _runs(text)[:120]
    found = set()
    for begin in range(len(runs)):
        word = ""
        for run in runs[begin : begin + MAX_RUNS]:
            word += run
            if len(word) > LONGEST:
                break
            if len(word) >= SHORTEST:
                found.add(word)
        if len(found) >= MAX_TOKENS:
            break
    return found


def member_numbers(text):
    """Return the numbers that a payer calls a member's: a bare number is none.

    >>> sorted(member_numbers("Quota soci núm. 123, 45"))
    ['123']
    >>> member_numbers("123")
    set()
    """
    runs = _runs(text)
    found = set()
    for index, run in enumerate(runs):
        if run not in _MEMBER_WORDS:
            continue
        rest = [r for r in runs[index + 1 : index + 3] if r not in _NUMBER_WORDS]
        if rest and rest[0].isdigit():
            found.add(rest[0].lstrip("0") or "0")
    return found
