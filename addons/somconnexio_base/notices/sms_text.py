# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How many messages a text is, and how to make it fit.

Source: 3GPP TS 23.038 (the GSM 7-bit default alphabet and its extension table) and
TS 23.040 (concatenation): a single message holds 160 septets or 70 UCS-2 units, each
part of a longer one 153 or 67, and neither an escape sequence nor a surrogate pair is
cut in two.
"""

import re
import unicodedata
from typing import NamedTuple

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("^{}\\[~]|€\f")
SINGLE = {"gsm7": 160, "ucs2": 70}
PART = {"gsm7": 153, "ucs2": 67}
MAX_SEGMENTS = 2
#: What people write that GSM-7 has under another sign.
LOOK_ALIKES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "·": ".",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "ª": "a",
        "º": "o",
    }
)
ELLIPSIS = "..."
#: What is filled in later, in the way of Odoo's templates.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


class Size(NamedTuple):
    """How a text travels.

    ``encoding`` is ``gsm7`` or ``ucs2``, ``units`` its septets or 16-bit units,
    ``segments`` the messages that are paid for.
    """

    encoding: str
    units: int
    segments: int


def encoding_of(text):
    """Return ``gsm7`` when the whole text is in that alphabet, else ``ucs2``.

    >>> encoding_of("Això és gratuït"), encoding_of("Cost: 5 €")
    ('ucs2', 'gsm7')
    """
    is_gsm = all(sign in GSM7 or sign in GSM7_EXTENSION for sign in text)
    return "gsm7" if is_gsm else "ucs2"


def measure(text):
    """Return the :class:`Size` of a text.

    >>> measure("a" * 160), measure("a" * 161)
    (Size(encoding='gsm7', units=160, segments=1), Size(encoding='gsm7', units=161, \
segments=2))
    >>> measure("€" * 80).segments, measure("€" * 81).segments
    (1, 2)
    """
    encoding = encoding_of(text)
    widths = [_width(sign, encoding) for sign in text]
    units = sum(widths)
    if units <= SINGLE[encoding]:
        return Size(encoding, units, 1 if units else 0)
    return Size(encoding, units, _part_count(widths, PART[encoding]))


def fold(text):
    """Return a text in GSM-7: accents that it lacks are dropped, the rest is ``?``.

    >>> fold("Això és gratuït, ¿vale? “Sí”")
    'Això és gratuit, ¿vale? "Si"'
    """
    return "".join(map(_folded, text.translate(LOOK_ALIKES)))


def fit(text, max_segments=MAX_SEGMENTS):
    """Return a text of at most so many segments.

    As it is if it fits; else without the accents that make it long; else cut at a
    word, with three dots.

    >>> fit("hola"), measure(fit("ï" * 150)).encoding
    ('hola', 'gsm7')
    """
    if measure(text).segments <= max_segments:
        return text
    folded = fold(text)
    if measure(folded).segments <= max_segments:
        return folded
    return _cut(folded, max_segments)


def _width(sign, encoding):
    """Return the units that one sign takes."""
    if encoding == "gsm7":
        return 2 if sign in GSM7_EXTENSION else 1
    return 2 if ord(sign) > 0xFFFF else 1


def _part_count(widths, size):
    """Return the parts that signs of these widths fill, none of them cut in two."""
    parts, used = 1, 0
    for width in widths:
        if used + width > size:
            parts, used = parts + 1, 0
        used += width
    return parts


def _folded(sign):
    """Return one sign, or what stands for it in GSM-7."""
    if sign in GSM7 or sign in GSM7_EXTENSION:
        return sign
    plain = unicodedata.normalize("NFKD", sign)
    kept = "".join(part for part in plain if part in GSM7)
    return kept or ("" if unicodedata.combining(sign) else "?")


def _cut(text, max_segments):
    """Return the longest beginning that fits with three dots, whole words if it can."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle] + ELLIPSIS).segments <= max_segments:
            low = middle
        else:
            high = middle - 1
    start, blank, _rest = text[:low].rpartition(" ")
    return (start if blank else text[:low]).rstrip() + ELLIPSIS
