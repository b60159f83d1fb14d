# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""References in what a payer wrote: whole words and neighbours, no parts of words."""

import re
import unicodedata

_RUN = re.compile(r"[A-Z0-9]+")
_PIECE = re.compile(r"[A-Z]+|[0-9]+")
#: How many runs of letters and digits a reference of ours has at most: INV/2026/10/7.
MAX_RUNS = 5
SHORTEST, LONGEST = 3, 35
MAX_TOKENS = 400
_MAX_SIGNS = 2_000
#: What people write before the number of a member, in their languages.
_MEMBER_WORDS = {"SOCI", "SOCIA", "SOCIO", "SOCIS", "MEMBER", "MEMBRE", "MIEMBRO"}
#: What stands between that word and the number: “soci/a núm. 7”, “socio nº: 7”.
_FILLERS = {"N", "NO", "NUM", "NUMERO", "NUMBER", "NR", "NRO", "A", "O", "ES", "ID"}
_FILLERS_AT_MOST = 3
_ENDS = ",;"


def compact(text):
    """Return letters and digits only, in capitals and without accents.

    >>> compact("Inv/2026/00007"), compact("Núm. 7")
    ('INV202600007', 'NUM7')
    """
    return "".join(_runs(text))


def _plain(text):
    """Return a text in capitals and without accents, of a length that is sane."""
    signs = unicodedata.normalize("NFKD", (text or "")[:_MAX_SIGNS]).upper()
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _runs(text):
    return _RUN.findall(_plain(text))


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


def numbers(text):
    """Return what could be a document's number, written as one is, without zeros.

    It has letters and at least two numbers after them; what a further number follows
    without a blank is none, nor does anything go on after a comma.

    >>> sorted(numbers("fra. inv-2026 00012, 12/10"))
    ['INV/2026/12']
    >>> sorted(numbers("INV2026/12"))
    ['INV/2026/12']
    >>> sorted(numbers("INV/2026/10/7"))
    ['INV/2026/10/7']
    """
    plain = _plain(text)
    pieces = list(_PIECE.finditer(plain))[:120]
    found = set()
    for begin, piece in enumerate(pieces):
        if piece.group().isdigit():
            continue
        word = [piece.group()]
        for place in range(begin + 1, min(begin + MAX_RUNS, len(pieces))):
            digits = pieces[place].group()
            before = plain[pieces[place - 1].end() : pieces[place].start()]
            if not digits.isdigit() or set(before) & set(_ENDS):
                break
            word.append(digits.lstrip("0") or "0")
            if len(word) > 2 and _ends_here(plain, pieces[place:]):
                found.add("/".join(word))
    return found


def _ends_here(plain, pieces):
    """Tell whether the first of some pieces may be a number's last."""
    if len(pieces) == 1:
        return True
    after = plain[pieces[0].end() : pieces[1].start()]
    return bool(set(after) & set(_ENDS + " \n\t")) or pieces[1].group().isalpha()


def party(text):
    """Return the words of a name in the order of the alphabet, empty for one word.

    >>> party("PUIG SERRA, Núria"), party("Anna")
    ('NURIA PUIG SERRA', '')
    """
    words = _runs(text)
    return " ".join(sorted(words)) if len(words) > 1 else ""


def member_numbers(text):
    """Return the numbers that a payer calls a member's: a bare number is none.

    >>> sorted(member_numbers("Quota soci/a núm. 123, 45, SOCIA7"))
    ['123', '7']
    >>> member_numbers("123")
    set()
    """
    pieces = _PIECE.findall(_plain(text))
    found = set()
    for index, piece in enumerate(pieces):
        if piece not in _MEMBER_WORDS:
            continue
        rest = pieces[index + 1 : index + 2 + _FILLERS_AT_MOST]
        while rest and rest[0] in _FILLERS:
            rest.pop(0)
        if rest and rest[0].isdigit():
            found.add(rest[0].lstrip("0") or "0")
    return found


def words(end_to_end, batch, message, remittance, name):
    """Return ``{(kind, word)}`` by which one transaction may be known.

    Kinds: ``end_to_end``, ``batch`` and ``message`` are references of the bank's file;
    ``text`` could be one in what the payer wrote, which has a digit; ``member`` is a
    member's number; ``party`` the payer's whole name, ``name`` each longer word of it.
    """
    found = {
        (kind, compact(text))
        for kind, text in (
            ("end_to_end", end_to_end),
            ("batch", batch),
            ("message", message),
        )
        if text
    }
    found |= {
        ("text", word)
        for word in tokens(remittance) | numbers(remittance)
        if any(sign.isdigit() for sign in word)
    }
    found |= {("member", number) for number in member_numbers(remittance)}
    found |= {("party", party(name))} - {("party", "")}
    return found | {("name", word) for word in _runs(name) if len(word) >= SHORTEST}
