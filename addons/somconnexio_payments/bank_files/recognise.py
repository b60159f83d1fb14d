# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tell what a bank's file is by its own words, never by its name."""

import re
from dataclasses import dataclass

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from .limits import MAX_PROLOG_BYTES

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
CAMT, PAIN_002, NORMA43 = "camt", "pain.002", "norma43"
#: The messages that are read, and in which versions.
VERSIONS = {
    "camt.052": ("001.02", "001.04", "001.08"),
    "camt.053": ("001.02", "001.04", "001.08"),
    "camt.054": ("001.02", "001.04", "001.08"),
    "pain.002": ("001.03", "001.10", "001.12"),
}
_ENCODINGS = {"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DECLARATION = re.compile(rb"\A\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]*)[\"']")
_PROLOG = re.compile(rb"\s+|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?Document\b([^>]*)>")
_XMLNS = re.compile(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"']([^\"']*)[\"']")
#: Norma 43 begins with the heading of an account.
_ACCOUNT_HEADING = re.compile(rb"\A11[0-9 ]{18}\d{12}")


@dataclass(frozen=True)
class Kind:
    """What a file is.

    :ivar str reader: ``camt``, ``pain.002`` or ``norma43``
    :ivar str message: such as ``camt.053``; ``norma43``
    :ivar str version: such as ``001.08``; empty for Norma 43
    """

    reader: str
    message: str
    version: str = ""

    @property
    def namespace(self):
        """The namespace of all its elements."""
        return f"{NAMESPACE}{self.message}.{self.version}"

    @property
    def code(self):
        """Its name for people, such as ``camt.053.001.08``."""
        return f"{self.message}.{self.version}" if self.version else self.message


def recognise(file):
    """Return the ``Kind`` of a plain file, which is at its beginning afterwards.

    :raise FileError: ``encoding``, ``xml_document_type``, ``xml_instruction``,
        ``unknown_format`` or ``unknown_version``
    """
    head = file.read(MAX_PROLOG_BYTES)
    file.seek(0)
    if _ACCOUNT_HEADING.match(head):
        return Kind(NORMA43, NORMA43)
    if b"\0" in head[:64] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("encoding", found="UTF-16", where="1")
    head = head.removeprefix(_BYTE_ORDER_MARK)
    if not head.lstrip().startswith(b"<"):
        raise FileError("unknown_format", found=_shown(head))
    return _kind_of(_root_attributes(head), head)


def _root_attributes(head):
    """Return the attributes of the root element; refuse what may not precede it."""
    declaration = _DECLARATION.match(head)
    if declaration:
        _check_encoding(declaration.group())
    position = declaration.end() if declaration else 0
    while skipped := _PROLOG.match(head, position):
        position = skipped.end()
    rest = head[position:]
    if rest[:9].upper() == b"<!DOCTYPE":
        raise FileError("xml_document_type")
    if rest.startswith(b"<?"):
        raise FileError("xml_instruction", found=_shown(rest))
    root = _ROOT.match(rest)
    if not root:
        raise FileError("unknown_format", found=_shown(rest))
    return root.group(1)


def _check_encoding(declaration):
    found = _ENCODING.search(declaration)
    if found and found.group(1).decode().lower() not in _ENCODINGS:
        raise FileError("encoding", found=found.group(1).decode(), where="1")


def _kind_of(attributes, head):
    for uri in _XMLNS.findall(attributes):
        name = uri.decode("utf-8", "replace")
        if not name.startswith(NAMESPACE):
            continue
        message, _dot, version = name.removeprefix(NAMESPACE)[:40].partition(".001.")
        version = f"001.{version}"
        if message not in VERSIONS:
            raise FileError("unknown_message", found=name[-40:])
        if version not in VERSIONS[message]:
            known = ", ".join(VERSIONS[message])
            raise FileError(
                "unknown_version", found=f"{message}.{version}", known=known
            )
        return Kind(PAIN_002 if message == PAIN_002 else CAMT, message, version)
    raise FileError("unknown_format", found=_shown(head))


def _shown(data):
    return ascii(data[:40].decode("latin-1"))[1:-1]
