# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The characters that every bank of the SEPA takes, and how others become them.

Letters of A to Z, figures, blanks and ``/ - ? : ( ) . , ' +``. A text neither begins
nor ends with a stroke, and has no two strokes in a row.

Source: EPC217-08, SEPA requirements for an extended character set (2022); EPC130-08,
chapter 1.4, on strokes.

>>> clean("Peñarroya & Fills, S.L. · núm. 3")
'Penarroya + Fills, S.L. . num. 3'
>>> clean("//Bill 12/2026/"), clean("  €  ")
('Bill 12/2026', 'E')
>>> is_identifier("DD2026-0012-000017"), is_identifier("/A"), is_identifier("A//B")
(True, False, False)
"""

import re
import unicodedata

from unidecode import unidecode

#: What EPC217-08 prefers to the nearest look.
PREFERRED = str.maketrans({"&": "+", "·": ".", "€": "E", "@": "(at)", "_": "-"})
_OTHER = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_STROKES = re.compile(r"/{2,}")
_BLANKS = re.compile(r"\s+")
_IDENTIFIER = re.compile(r"(?!/)(?!.*//)(?!.*/$)[A-Za-z0-9/\-?:().,'+ ]+")


def clean(text, limit=None):
    """Return a text in the common characters, cut to a length.

    :param str text: as people write it; None counts as empty
    :param int limit: most characters; None for as many as there are
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).translate(PREFERRED)
    plain = _OTHER.sub(".", _BLANKS.sub(" ", unidecode(plain)))
    plain = _STROKES.sub("/", plain).strip(" /")
    return plain[:limit].strip(" /")


def is_identifier(text, limit=35):
    """Tell whether a reference can stand in a file as it is.

    :param str text: a message's, an order's or a mandate's reference
    """
    return bool(text and len(text) <= limit and _IDENTIFIER.fullmatch(text))
