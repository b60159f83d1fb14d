# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The parts of the 360° view of a customer, as plain data for screen and programs."""

#: Rows of a section on the screen; a button opens the others.
MAX_ROWS = 12
#: How a row or a fact is shown.
LEVELS = ("", "success", "warning", "danger", "muted")


def fact(label, value, level=""):
    """Return one labelled value of a section.

    :param str label: translated
    :param str value: as people read it
    :param str level: one of ``LEVELS``
    """
    return {"label": label, "value": value, "level": level}


def row(record, cells, level=""):
    """Return one line of a section's table; it opens its record.

    :param record: the record that the line is about
    :param list cells: texts, one for each column
    :param str level: one of ``LEVELS``
    """
    return {
        "model": record._name,
        "id": record.id,
        "cells": [str(cell or "") for cell in cells],
        "level": level,
    }


def section(code, title, sequence, **parts):
    """Return one section.

    :param str code: names the section for programs and tests
    :param str title: translated
    :param int sequence: place on the screen, lower first
    :param parts: ``icon`` (Font Awesome), ``facts`` (list of ``fact``), ``columns``
        (list of texts), ``rows`` (list of ``row``), ``count`` (number of records in
        all, when rows are the first of them), ``empty`` (text without rows), ``button``
        (method of the partner that opens all of it)
    :return: dict with all of these keys
    """
    rows = parts.get("rows", [])
    return {
        "code": code,
        "title": title,
        "sequence": sequence,
        "icon": parts.get("icon", "fa-circle-o"),
        "facts": parts.get("facts", []),
        "columns": parts.get("columns", []),
        "rows": rows,
        "count": parts.get("count", len(rows)),
        "empty": parts.get("empty", ""),
        "button": parts.get("button", False),
    }
