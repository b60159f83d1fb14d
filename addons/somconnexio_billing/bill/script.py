# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Put text of other scripts in the order and shape in which it is drawn.

PDF draws glyphs from left to right as given. Arabic letters need their joined forms
and right-to-left words need reversing. The joined forms are read from the Unicode
database of Python itself (presentation forms FE70 to FEFC). This is the small part of
the Unicode bidirectional algorithm (UAX #9) that names and addresses need: paragraphs
run left to right, numbers inside right-to-left text keep their order. Scripts that
reorder or stack glyphs (Devanagari, Khmer …) are drawn letter by letter.
"""

import unicodedata
from functools import lru_cache

RIGHT_TO_LEFT = ("R", "AL")
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@lru_cache(maxsize=1)
def _arabic_forms():
    """Return {letter: {"initial": form, "medial": …, "final": …, "isolated": …}}."""
    forms = {}
    for code in range(0xFE70, 0xFEFD):
        decomposition = unicodedata.decomposition(chr(code)).split()
        if len(decomposition) >= 2:
            kind = decomposition[0].strip("<>")
            letters = "".join(chr(int(part, 16)) for part in decomposition[1:])
            forms.setdefault(letters, {})[kind] = chr(code)
    return forms


def shape(text: str) -> str:
    """Return ``text`` with Arabic letters replaced by their joined forms."""
    forms = _arabic_forms()
    for ligature in ("لا", "لأ", "لإ", "لآ"):
        # One private character keeps the ligature a single letter while joining.
        text = text.replace(ligature, forms[ligature]["isolated"])
    return "".join(_joined(text, index, forms) for index in range(len(text)))


def _letter(text, index, forms):
    """Return the joining forms of a letter; a ready ligature knows its own."""
    character = text[index]
    if "\ufef5" <= character <= "\ufefc":
        return forms[unicodedata.normalize("NFKC", character)]
    return forms.get(character, {})


def _neighbour(text, index, step, forms):
    """Return the forms of the next letter, looking through vowel marks."""
    index += step
    while 0 <= index < len(text) and unicodedata.combining(text[index]):
        index += step
    return _letter(text, index, forms) if 0 <= index < len(text) else {}


def _joined(text, index, forms):
    own = _letter(text, index, forms)
    if not own or unicodedata.combining(text[index]):
        return text[index]
    joins_before = "final" in own and "initial" in _neighbour(text, index, -1, forms)
    joins_after = "initial" in own and "final" in _neighbour(text, index, 1, forms)
    kind = {
        (True, True): "medial",
        (True, False): "final",
        (False, True): "initial",
        (False, False): "isolated",
    }[joins_before, joins_after]
    return own.get(kind, text[index])


def visual_order(text: str) -> str:
    """Return ``text`` in the order its characters are drawn, left to right."""
    directions = _resolved_directions(text)
    runs, start = [], 0
    for index in range(1, len(text) + 1):
        if index == len(text) or directions[index] != directions[start]:
            run = text[start:index]
            runs.append(_reversed(run) if directions[start] == "R" else run)
            start = index
    return "".join(runs)


def _resolved_directions(text):
    """Give every character R or L; neutral ones join two R neighbours."""
    directions = []
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in RIGHT_TO_LEFT:
            directions.append("R")
        else:
            directions.append("L" if kind == "L" else None)
    following = "L"
    after = [None] * len(text)
    for index in range(len(text) - 1, -1, -1):
        following = directions[index] or following
        after[index] = following
    before = "L"
    for index, direction in enumerate(directions):
        before = direction or before
        if direction is None:
            directions[index] = "R" if before == after[index] == "R" else "L"
    return directions


def _reversed(run):
    """Reverse a right-to-left run, but keep each number inside it readable."""
    reversed_run = run[::-1].translate(MIRRORED)
    parts, number = [], ""
    for character in reversed_run:
        if character.isdigit():
            number = character + number
        else:
            parts.append(number)
            parts.append(character)
            number = ""
    parts.append(number)
    return "".join(parts)


def is_left_to_right(text: str) -> bool:
    """Return whether ``text`` can be drawn as it stands."""
    return not any(
        unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text
    )


def drawn(text: str) -> str:
    """Return ``text`` shaped and ordered for drawing.

    >>> drawn("Maria")
    'Maria'
    """
    return text if is_left_to_right(text) else visual_order(shape(text))
