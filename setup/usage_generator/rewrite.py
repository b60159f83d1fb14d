# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The same usage in two more containers: a wholesaler's day as XLSX, a day as XML.

For tests and for trying formats out; a month is not written in them. Rows that the
file itself has broken are left out.
"""

import csv
import gzip
import json
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import xlsxwriter

from .providers.mobile_wholesale import ENCODING

FOLDER = "other_containers"
#: Columns of the wholesaler that a sheet holds as numbers.
_NUMBERS = ("CANTIDAD", "COSTE")


def rewrite_first(files, target):
    """Write the first file of the wholesaler as XLSX, and of the roamer as XML.

    :param Path files: folder with a generated month
    :param Path target: folder, made if missing
    :return: the paths written
    """
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(files.glob("MW_CDR_*.csv"))[:1]:
        written.append(as_sheet(path, target / f"{path.stem}.xlsx"))
    for path in sorted(files.glob("DR_*.jsonl.gz"))[:1]:
        written.append(as_xml(path, target / path.name.replace(".jsonl.gz", ".xml")))
    return written


def as_sheet(source, target):
    """Write a wholesaler's file as XLSX: dates, times and amounts as Excel has them."""
    with source.open(encoding=ENCODING, newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=";")
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet("CDR")
        styles = {
            "FECHA": book.add_format({"num_format": "dd/mm/yyyy"}),
            "HORA": book.add_format({"num_format": "hh:mm:ss"}),
        }
        sheet.write_row(0, 0, header)
        sound = (cells for cells in map(_typed_row(header), rows) if cells)
        for number, cells in enumerate(sound, start=1):
            for column, value in enumerate(cells):
                sheet.write(number, column, value, styles.get(header[column]))
    return target


def _typed_row(header):
    def typed(row):
        try:
            return [_typed(*cell) for cell in zip(header, row, strict=True)]
        except ValueError:
            return None

    return typed


def _typed(name, text):
    if name == "FECHA":
        return datetime.strptime(text, "%d/%m/%Y")
    if name == "HORA":
        return datetime.strptime(text, "%H:%M:%S").time()
    if name in _NUMBERS:
        return float(text.replace(",", "."))
    return text


def as_xml(source, target):
    """Write a gzipped file of JSON lines as XML with a header and a trailer."""
    root = ElementTree.Element("Usage")
    ElementTree.SubElement(root, "Header").set("sequence", "7")
    count = 0
    with gzip.open(source) as lines:
        for line in lines:
            try:
                document = json.loads(line)
                record_id = document.pop("recordId")
            except (ValueError, TypeError, AttributeError):
                continue
            record = ElementTree.SubElement(root, "Record", {"id": record_id})
            _add(record, document)
            count += 1
    ElementTree.SubElement(root, "Trailer").set("records", str(count))
    ElementTree.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)
    return Path(target)


def _add(parent, values):
    for name, value in values.items():
        child = ElementTree.SubElement(parent, name)
        if isinstance(value, dict):
            _add(child, value)
        else:
            child.text = str(value)
