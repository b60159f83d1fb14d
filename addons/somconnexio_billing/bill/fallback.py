# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Draw names in any script: pick, letter by letter, a font that has the letter.

Order: the bill's own face, any TrueType file of the font folders (Tajawal for Arabic
comes with Odoo, DejaVu or Noto if the machine has them), then, for Chinese, Japanese
and Korean, the reader's own fonts (PDF's predefined CID fonts, not embedded). What no
font has is drawn as a question mark.
"""

import logging
import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from . import fonts, script

_logger = logging.getLogger(__name__)

MISSING = "?"
# First word of a character's Unicode name -> font that every PDF reader knows.
READER_FONTS = {
    "HANGUL": "HYSMyeongJo-Medium",
    "HIRAGANA": "HeiseiMin-W3",
    "KATAKANA": "HeiseiMin-W3",
    "CJK": "STSong-Light",
    "IDEOGRAPHIC": "STSong-Light",
    "FULLWIDTH": "STSong-Light",
}


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), on one line, without control characters."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def runs(text: str, face: fonts.Typeface, folders: tuple[str, ...]):
    """Return ``[(registered font name, text)]`` that draws ``text``, left to right."""
    result = []
    for character in script.drawn(clean(text)):
        name = _font_name(character, face, folders)
        if name is None:
            name, character = _registered(face.ttf), MISSING
        if result and result[-1][0] == name:
            result[-1] = name, result[-1][1] + character
        else:
            result.append((name, character))
    return result


def width(text: str, face: fonts.Typeface, folders: tuple[str, ...]) -> float:
    """Return the width of ``text`` at one point, whatever fonts draw it."""
    return sum(
        pdfmetrics.stringWidth(run, name, 1) for name, run in runs(text, face, folders)
    )


def _registered(ttf: TTFont) -> str:
    """Return the font's name, known to reportlab from now on."""
    if ttf.fontName not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(ttf)
    return ttf.fontName


def _font_name(character, face, folders):
    """Return the name of a registered font that draws ``character``, or None."""
    if ord(character) in face.ttf.face.charToGlyph:
        return _registered(face.ttf)
    return _other_font_name(character, folders)


@lru_cache(maxsize=10_000)
def _other_font_name(character, folders):
    for ttf in _candidates(folders):
        if ord(character) in ttf.face.charToGlyph:
            return _registered(ttf)
    script_name = unicodedata.name(character, "").replace("-", " ").partition(" ")[0]
    reader_font = READER_FONTS.get(script_name)
    if reader_font and reader_font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(reader_font))
    return reader_font


@lru_cache(maxsize=8)
def _candidates(folders):
    """Return every readable regular font of the folders, widest coverage first.

    Slow (a machine may have a hundred), hence only run when a character is found
    that the bill's own faces lack, and once per process.
    """
    found = {}
    for folder in (*folders, str(fonts.SYSTEM_FONTS)):
        for path in sorted(Path(folder).rglob("*Regular.ttf")) + sorted(
            Path(folder).rglob("DejaVuSans.ttf")
        ):
            if path.name not in found and path.exists():
                found[path.name] = _open(path)
    return sorted(
        filter(None, found.values()),
        key=lambda ttf: (-len(ttf.face.charToGlyph), ttf.fontName),
    )


def _open(path):
    try:
        return TTFont(f"Bill{path.stem}", str(path), shapable=False)
    except TTFError as error:
        _logger.info("Font %s is left out: %s", path, error)
        return None
