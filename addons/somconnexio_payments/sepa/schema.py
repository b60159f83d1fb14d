# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A file against its schema, read element by element so that memory stays flat."""

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


def check(stream, schema_path, discard):
    """Read a file to its end and hold it against a schema.

    :param stream: open for reading bytes
    :param schema_path: of the XSD
    :param str discard: local name of the element that many of follow each other
    :raise SchemaBroken: for the first line that breaks the schema
    """
    events = etree.iterparse(
        stream,
        schema=_schema(str(Path(schema_path))),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        for _event, element in events:
            if etree.QName(element).localname == discard:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise SchemaBroken(_without_content(error)) from None


def _without_content(error):
    """Return where and which rule, without the value: it may name a person."""
    entry = error.error_log.last_error if error.error_log else None
    if entry is None:
        return f"line {error.lineno}"
    return f"line {entry.line}: {entry.type_name}"
