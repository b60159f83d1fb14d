# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The three typefaces of the bill: where they are found, how wide they run.

Roboto (text: its figures share one width, so columns of amounts line up) and
Montserrat (titles) come with Odoo's own web client. Any folder tree holding the files
will do; a face that is nowhere falls back to DejaVu and then to Vera, which reportlab
ships, so a bill is always printed.
"""

import logging
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFError, TTFont, makeToUnicodeCMap

from . import alphabet

_logger = logging.getLogger(__name__)

REPORTLAB_FONTS = Path(reportlab.__file__).parent / "fonts"
SYSTEM_FONTS = Path("/usr/share/fonts/truetype")

# Role -> file names, best first.
ROLES = {
    "text": ("Roboto-Regular.ttf", "Open_Sans-Regular.ttf", "DejaVuSans.ttf"),
    "strong": ("Roboto-Medium.ttf", "Open_Sans-SemiBold.ttf", "DejaVuSans-Bold.ttf"),
    "title": ("Montserrat-SemiBold.ttf", "Open_Sans-Bold.ttf", "DejaVuSans-Bold.ttf"),
}
LAST_RESORT = {"text": "Vera.ttf", "strong": "VeraBd.ttf", "title": "VeraBd.ttf"}
SYMBOLIC = 4


@dataclass(frozen=True)
class TypeSet:
    """The faces of a bill, by role."""

    text: "Typeface"
    strong: "Typeface"
    title: "Typeface"


@lru_cache(maxsize=8)
def type_set(folders: tuple[str, ...] = ()) -> TypeSet:
    """Return the faces, searching ``folders`` (with subfolders) before the system.

    Loaded once per process: parsing three fonts takes a third of a second.
    """
    paths = _font_files((*folders, str(SYSTEM_FONTS)))
    return TypeSet(**{role: _load(role, paths) for role in ROLES})


def _font_files(folders: Iterable[str]) -> dict[str, Path]:
    """Return {file name: path}, the first folder winning; dead links are left out."""
    found = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.ttf")):
            if path.exists():
                found.setdefault(path.name, path)
    return found


def _load(role, paths):
    for name in ROLES[role]:
        if name in paths:
            try:
                return Typeface(role, paths[name])
            except TTFError as error:
                _logger.warning("Font %s is not readable: %s", paths[name], error)
    return Typeface(role, REPORTLAB_FONTS / LAST_RESORT[role])


class Typeface:
    """One font file, with the bill's alphabet cut out and compressed once."""

    def __init__(self, role: str, path: Path):
        self.resource_name = f"Bill{role.capitalize()}"
        self.ttf = TTFont(self.resource_name + "Any", str(path), shapable=False)
        known = self.ttf.face.charToGlyph
        self.characters = frozenset(
            character for character in alphabet.CHARACTERS if ord(character) in known
        ) | frozenset(alphabet.SPACES)
        widths = self.ttf.face.charWidths
        self._em_widths = {
            character: widths.get(ord(character), widths.get(32, 0)) / 1000
            for character in self.characters
        }
        self.width = lru_cache(maxsize=20_000)(self._measure)

    def _measure(self, text: str) -> float:
        """Return the width of ``text`` (all inside the alphabet) at one point."""
        return sum(map(self._em_widths.__getitem__, text))

    def covers(self, text: str) -> bool:
        """Return whether the ready-made font can draw ``text``."""
        return self.characters.issuperset(text)

    # PDF objects

    def attach(self, document: pdfdoc.PDFDocument) -> None:
        """Make the ready-made font known to a PDF as ``/resource_name``."""
        name = self.resource_name
        font = pdfdoc.PDFTrueTypeFont()
        font.Name = name
        font.BaseFont = self._base_name
        font.FirstChar, font.LastChar = 0, len(alphabet.CODE_POINTS) - 1
        font.Widths = Ready(self._widths_array)
        font.ToUnicode = document.Reference(
            ReadyStream(self._unicode_map), name + "Unicode"
        )
        font.FontDescriptor = document.Reference(
            self._descriptor(document), name + "Descriptor"
        )
        document.Reference(font, name)
        document.idToObject["BasicFonts"].dict[name] = font

    @property
    def _base_name(self):
        return "BILLAA+" + self.ttf.face.name.decode("latin-1")

    def _descriptor(self, document):
        face = self.ttf.face
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(self._base_name),
                "Flags": SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
                "FontFile2": document.Reference(
                    ReadyStream(self._font_file), self.resource_name + "File"
                ),
            }
        )

    @cached_property
    def _widths_array(self):
        widths = map(self.ttf.face.getCharWidth, alphabet.CODE_POINTS)
        return b"[" + b" ".join(b"%d" % round(width) for width in widths) + b"]"

    @cached_property
    def _unicode_map(self):
        text = makeToUnicodeCMap(self._base_name, alphabet.CODE_POINTS)
        return stream_bytes(text.encode("latin-1"))

    @cached_property
    def _font_file(self):
        content = self.ttf.face.makeSubset(alphabet.CODE_POINTS)
        return stream_bytes(content, b"/Length1 %d" % len(content))


class Ready(pdfdoc.PDFObject):
    """A PDF object whose bytes are the same in every document."""

    def __init__(self, content: bytes):
        self.content = content

    def format(self, document):
        """Return the bytes as they are (reportlab's object protocol)."""
        return self.content


class ReadyStream(Ready):
    """The same for a stream, which must be an object of its own."""

    __RefOnly__ = 1


def stream_bytes(content: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed PDF stream; ``entries`` are further dictionary keys."""
    packed = zlib.compress(content, 9)
    head = b"<< %s /Filter /FlateDecode /Length %d >>" % (entries, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream\n"
