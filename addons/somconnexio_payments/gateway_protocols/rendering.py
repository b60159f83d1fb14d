# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Answers as bytes: XML whose texts are escaped, JSON without floats."""

import json
import re
from xml.sax.saxutils import escape

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def xml(root, content):
    """Return the document of nested pairs.

    :param list content: of (name, value); a value is a text, a list of pairs, or
        (attributes, text)
    """
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + _element(root, content) + "\n").encode()


def _element(name, value, attributes=()):
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of an element")
    if isinstance(value, tuple):
        attributes, value = value
    written = "".join(f' {key}="{_quoted(text)}"' for key, text in attributes)
    if isinstance(value, list):
        inner = "".join(_element(*pair) for pair in value)
    else:
        inner = _clean(value)
    return f"<{name}{written}>{inner}</{name}>"


def _clean(value):
    return escape(_NOT_XML.sub("", str(value)))


def _quoted(value):
    return escape(_NOT_XML.sub("", str(value)), {'"': "&quot;"})


def json_object(pairs):
    """Return the JSON object of pairs whose values are texts, whole numbers, lists."""
    return json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":")).encode()
