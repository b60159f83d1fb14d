# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The parts of an XLSX that say what its cells mean (ECMA-376 part 1, clause 18).

A cell holds a number or the number of a shared text; whether a number is a date is
said by its style. Formulas are never evaluated.
"""

import posixpath
import re
from dataclasses import dataclass, field

from .errors import FileError
from .limits import MAX_SHARED_STRINGS, MAX_SHEET_STYLES
from .strict_xml import XmlEvents, parse_stream

_ROOT_RELATIONS = "_rels/.rels"
# ECMA-376 part 1, 18.8.30: formats that exist without being written down.
_BUILT_IN = {14: "d", 15: "d", 16: "d", 17: "d", 18: "t", 19: "t", 20: "t", 21: "t"}
_BUILT_IN |= {22: "dt", 45: "t", 46: "e", 47: "t"}
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")


@dataclass
class Workbook:
    """What is known of a workbook before a sheet is read.

    :ivar sheets: path of each sheet by its name, in their order
    :ivar kinds: by style: ``d`` date, ``t`` time, ``dt`` both, ``e`` elapsed time,
        or nothing: a plain number
    """

    sheets: dict = field(default_factory=dict)
    strings: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    has_1904_dates: bool = False


def read_workbook(archive):
    """Return the ``Workbook`` of an archive.

    :raise FileError: ``xlsx_corrupt`` when it is none, or as ``strict_xml`` and
        ``archive``
    """
    book_path = _first_target(_relations(archive, _ROOT_RELATIONS), "officeDocument")
    if book_path is None:
        raise FileError("xlsx_corrupt", problem="no workbook")
    folder, name = posixpath.split(book_path)
    relations = _relations(archive, f"{folder}/_rels/{name}.rels", folder)
    book = _hear(archive, book_path, _Book(relations)).workbook
    for kind, events, attribute in (
        ("sharedStrings", _Strings(), "strings"),
        ("styles", _Styles(), "kinds"),
    ):
        path = _first_target(relations, kind)
        if path is not None:
            setattr(book, attribute, _hear(archive, path, events).found)
    return book


def _relations(archive, path, folder=""):
    return _hear(archive, path, _Relations(folder)).found


def _first_target(relations, kind):
    for relation_kind, target in relations.values():
        if relation_kind == kind:
            return target
    return None


def _hear(archive, path, events):
    blocks = archive.blocks(path)
    for _block in parse_stream(events, lambda: next(blocks, b"")):
        pass
    return events


class _Relations(XmlEvents):
    """Which part is what: ``{id: (kind, path)}``; external ones are left out."""

    def __init__(self, folder):
        self.folder = folder
        self.found = {}

    def start(self, name, attributes):
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.join("/", self.folder, attributes.get("Target", ""))
        kind = attributes.get("Type", "").rpartition("/")[2]
        path = posixpath.normpath(target).lstrip("/")
        self.found[attributes.get("Id", "")] = kind, path


class _Book(XmlEvents):
    """The sheets of a workbook, and from when it counts days."""

    def __init__(self, relations):
        self.relations = relations
        self.workbook = Workbook()

    def start(self, name, attributes):
        if name == "workbookPr":
            flag = attributes.get("date1904", "0")
            self.workbook.has_1904_dates = flag in ("1", "true")
        elif name == "sheet":
            kind, path = self.relations.get(attributes.get("id"), ("", ""))
            if kind == "worksheet":
                self.workbook.sheets[attributes.get("name", "")] = path


class _Strings(XmlEvents):
    """Texts that cells refer to by number; phonetic readings are no part of them."""

    def __init__(self):
        self.found = []
        self.pieces = []
        self.is_text = False
        self.phonetic_depth = 0

    def start(self, name, attributes):
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.phonetic_depth += 1
        self.is_text = name == "t" and not self.phonetic_depth

    def text(self, text):
        if self.is_text:
            self.pieces.append(text)

    def end(self, name):
        self.is_text = False
        if name == "rPh":
            self.phonetic_depth -= 1
        elif name == "si":
            if len(self.found) >= MAX_SHARED_STRINGS:
                raise FileError("xlsx_too_many_texts", limit=MAX_SHARED_STRINGS)
            self.found.append("".join(self.pieces))


class _Styles(XmlEvents):
    """What kind of value each style shows."""

    def __init__(self):
        self.found = []
        self.kinds = dict(_BUILT_IN)
        self.is_in_cell_styles = False

    def start(self, name, attributes):
        if name == "numFmt":
            if len(self.kinds) < MAX_SHEET_STYLES:
                code = attributes.get("formatCode", "")
                self.kinds[_number(attributes.get("numFmtId"))] = kind_of(code)
        elif name == "cellXfs":
            self.is_in_cell_styles = True
        elif name == "xf" and self.is_in_cell_styles:
            if len(self.found) >= MAX_SHEET_STYLES:
                raise FileError("xlsx_corrupt", problem="too many styles")
            self.found.append(self.kinds.get(_number(attributes.get("numFmtId")), ""))

    def end(self, name):
        if name == "cellXfs":
            self.is_in_cell_styles = False


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() else 0


def kind_of(code):
    """Return what a number format shows, see ``Workbook.kinds``.

    >>> kind_of("dd/mm/yyyy hh:mm"), kind_of("[h]:mm:ss"), kind_of('0.00 "days"')
    ('dt', 'e', '')
    """
    code = _LITERALS.sub("", code.partition(";")[0])
    if _ELAPSED.search(code):
        return "e"
    code = _BRACKETS.sub("", code).lower()
    has_time = any(letter in code for letter in "hs")
    has_date = any(letter in code for letter in "dy") or ("m" in code and not has_time)
    return "d" * has_date + "t" * has_time
