# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A sample -> a first draft of its format, for people to correct.

Nothing here decides about usage: a draft is shown with what it makes of the sample,
and is only kept when somebody saves it.
"""

import csv
import json
from collections import Counter
from io import BytesIO
from itertools import islice

from odoo.addons.somconnexio_base.file_reading.archive import is_office_document, is_zip
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.limits import MAX_LINE_BYTES
from odoo.addons.somconnexio_base.file_reading.lines import LineReader
from odoo.addons.somconnexio_base.file_reading.sheet import SheetReader
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream
from odoo.addons.somconnexio_base.file_reading.strict_xml import XmlEvents, parse_stream

from .draft_fields import decimal_separator, draft_fields
from .xml_lines import XmlLineReader

SAMPLE_LINES = 200
DELIMITERS = ";,\t|"


class Draft:
    """A proposed format: attributes of ``FormatSpec``, and of its ``FieldSpec``.

    :ivar dict settings: ``container``, ``encoding``, ``delimiter`` ...
    :ivar list fields: dictionaries with ``target``, ``source``, ``value_type`` ...
    """

    def __init__(self, settings, fields):
        self.settings = settings
        self.fields = fields


def propose(content):
    """Return the ``Draft`` of a format for a sample's uncompressed bytes.

    Fixed-width text is recognised, but not where its fields begin.

    :raise FileError: when the sample cannot be opened at all
    """
    if is_zip(BytesIO(content)) and is_office_document(BytesIO(content)):
        return _of_table(
            {"container": "xlsx"}, SheetReader(CappedStream(BytesIO(content))), "\t"
        )
    if content.lstrip().startswith(b"<"):
        return _of_xml(content)
    return _of_text(content)


def _of_text(content):
    encoding = _encoding(content)
    lines = LineReader(CappedStream(BytesIO(content)), encoding)
    texts = [text for _number, text, _fault in islice(lines, SAMPLE_LINES)]
    if not texts:
        raise FileError("empty")
    settings = {
        "encoding": encoding,
        "is_newline_terminated": content.endswith(b"\n"),
    }
    documents = list(filter(None, map(_object, texts)))
    if len(documents) > len(texts) / 2:
        return _of_documents({**settings, "container": "json_lines"}, documents)
    delimiter = _delimiter(texts)
    if not delimiter:
        return Draft({**settings, "container": "fixed_width"}, [])
    quote = '"' if any('"' in text for text in texts) else ""
    settings.update(container="delimited", delimiter=delimiter, quote_char=quote)
    return _of_rows(
        settings, list(csv.reader(texts, delimiter=delimiter, quotechar='"'))
    )


def _of_table(settings, reader, delimiter):
    texts = [text for _number, text, _fault in islice(reader, SAMPLE_LINES)]
    rows = list(csv.reader(texts, delimiter=delimiter, quotechar='"'))
    return _of_rows(settings, rows)


def _encoding(content):
    head = content[: 16 * MAX_LINE_BYTES]
    # A character may be cut at the end of the head.
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8"
    return "iso-8859-15"


def _delimiter(texts):
    """Return the sign that most lines hold equally often, twice at least."""
    best, most = "", 0
    for sign in DELIMITERS:
        count, lines = Counter(text.count(sign) for text in texts).most_common(1)[0]
        if count >= 2 and lines > max(most, len(texts) / 2):
            best, most = sign, lines
    return best


def _object(text):
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _of_rows(settings, rows):
    header, *others = rows or [[]]
    has_header = not any(any(sign.isdigit() for sign in name) for name in header)
    width = len(header)
    samples = [row for row in (others if has_header else rows) if len(row) == width]
    names = [name.strip() for name in header] if has_header else []
    columns = {
        (names[index] if has_header else str(index + 1)): [
            row[index] for row in samples
        ]
        for index in range(width)
    }
    return _drafted({**settings, "has_column_header": has_header}, columns)


def _of_documents(settings, documents):
    columns = {}
    for document in documents:
        for path, value in _leaves(document):
            columns.setdefault(path, []).append(value)
    return _drafted(settings, columns)


def _leaves(document, prefix=""):
    for name, value in document.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", value


class _Shape(XmlEvents):
    """How often each element occurs, and which of them hold others."""

    def __init__(self):
        self.counts = Counter()
        self.parents = Counter()
        self.path = []

    def start(self, name, attributes):
        self.counts[name] += 1
        if self.path:
            self.parents[self.path[-1]] += 1
        if attributes:
            self.parents[name] += 1
        self.path.append(name)

    def end(self, name):
        self.path.pop()


def _of_xml(content):
    shape = _Shape()
    blocks = iter(BytesIO(content).read, b"")
    for _block in parse_stream(shape, lambda: next(blocks, b"")):
        pass
    holders = [
        name for name, _count in shape.counts.most_common() if shape.parents[name]
    ]
    name = holders[0] if holders else next(iter(shape.counts))
    reader = XmlLineReader(CappedStream(BytesIO(content)), [name])
    documents = [
        json.loads(text[text.find("{") :])
        for _number, text, fault in islice(reader, SAMPLE_LINES)
        if fault is None and text.startswith(f"{name} {{")
    ]
    return _of_documents({"container": "xml_records", "record_marker": name}, documents)


def _drafted(settings, columns):
    separator = decimal_separator(columns)
    if separator:
        settings = {**settings, "decimal_separator": separator}
    return Draft(settings, draft_fields(columns))
