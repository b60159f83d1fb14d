# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A file against its schema, read element by element so that memory stays flat."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from lxml import etree


class SchemaBroken(ValueError):
    """A file breaks its schema; the text names the line and the rule, no content."""


@cache
def _schema(path):
    """Return a schema that was read from a file, read once."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(path, parser))


@dataclass
class Totals:
    """What a message or one of its batches says of itself."""

    name: str
    count: int = 0
    total: Decimal = Decimal(0)


def check(stream, schema_path, discard):
    """Read a file to its end, hold it against a schema and return its totals.

    :param stream: open for reading bytes
    :param schema_path: of the XSD
    :param str discard: local name of the element that many of follow each other
    :return: list of Totals; the first one is the message's, then the batches'
    :raise SchemaBroken: for the first line that breaks the schema
    """
    # With resolve_entities=False lxml's iterparse takes a truncated file for whole.
    events = etree.iterparse(
        stream, schema=_schema(str(Path(schema_path))), no_network=True, load_dtd=False
    )
    found = []
    try:
        for _event, element in events:
            name = etree.QName(element).localname
            _note(found, name, element.text)
            if name == discard:
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise SchemaBroken(_without_content(error)) from None
    return found


def _note(found, name, text):
    """Gather what message and batches say: the name, then the count, then the sum."""
    if name in ("MsgId", "PmtInfId"):
        found.append(Totals(text))
    elif name == "NbOfTxs":
        found[-1].count = int(text)
    elif name == "CtrlSum":
        found[-1].total = Decimal(text)


def _forget(element):
    """Free an element that was read, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _without_content(error):
    """Return where and which rule, without the value: it may name a person."""
    entry = error.error_log.last_error if error.error_log else None
    if entry is None:
        return f"line {error.lineno}"
    return f"line {entry.line}: {entry.type_name}"
