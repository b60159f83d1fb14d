# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the tests of mediation share: the shipped formats, and short ways to decode."""

import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pure_addons  # noqa: F401  # before mediation
from mediation.decode import FileDecoder
from mediation.row_decoder import Window
from mediation.spec import START_HALVES, FieldSpec, FormatSpec

from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

DATA_FOLDER = Path("addons/somconnexio_billing/data/mediation")
ROOT = Path(__file__).parents[2]
USAGE_UNITS = {"voice": "second", "sms": "message", "mms": "message", "data": "byte"}
WINDOW = Window(datetime(2025, 11, 15), datetime(2026, 11, 15))
#: Attribute of a FieldSpec by the field of telecom.usage.format.field.
FIELD_ATTRIBUTES = {
    "target": "target",
    "source": "source",
    "value_type": "value_type",
    "pattern": "pattern",
    "default_value": "default",
}
SETTINGS = (
    "container",
    "encoding",
    "delimiter",
    "record_marker",
    "header_marker",
    "trailer_marker",
    "decimal_separator",
    "timezone",
)


def shipped_spec(code, **changes):
    """Return the format that the addon ships, read from its data file.

    :param str code: such as ``mobile_wholesale``
    :param changes: attributes of the spec to replace
    """
    path = ROOT / DATA_FOLDER / f"telecom_usage_format_{code}.xml"
    records = [
        {field.get("name"): field for field in record.iter("field")}
        for record in ElementTree.parse(path).getroot().iter("record")
    ]
    settings, *lines = records
    kinds = {"record": [], "header": [], "trailer": []}
    for line in lines:
        kinds[_text(line, "line_kind") or "record"].append(_field_spec(line))
    spec = FormatSpec(
        fields=tuple(kinds["record"]),
        header_fields=tuple(kinds["header"]),
        trailer_fields=tuple(kinds["trailer"]),
        usage_units=USAGE_UNITS,
        has_column_header="has_column_header" in settings,
        is_newline_terminated="is_newline_terminated" in settings,
        record_length=int(_text(settings, "record_length") or 0),
        **{name: _text(settings, name) for name in SETTINGS if name in settings},
    )
    return replace(spec, **changes)


def _field_spec(line):
    return FieldSpec(
        factor=Decimal(_text(line, "factor") or 1),
        value_map=dict(
            row.strip().split("=") for row in _text(line, "value_map").splitlines()
        ),
        is_required="is_required" in line,
        **{
            attribute: _text(line, name)
            for name, attribute in FIELD_ATTRIBUTES.items()
            if name in line
        },
    )


def _text(record, name):
    return record[name].text or "" if name in record else ""


def decode(content, spec, window=WINDOW):
    """Return all rows of a file's bytes, as a list."""
    return list(FileDecoder(spec, CappedStream(io.BytesIO(content)), window))


def all_rejections_allowed(spec):
    """Return a format that never quarantines a file for its share of bad lines."""
    return replace(spec, max_rejected_ratio=Decimal(1))


WHOLESALE_HEADER = (
    "ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;DESCRIPCION"
)


def wholesale_line(**values):
    """Return a line of the mobile wholesaler; values by column name."""
    row = {
        "ID_REGISTRO": "1",
        "TIPO": "VOZ",
        "SENTIDO": "S",
        "ORIGEN": "612345678",
        "DESTINO": "933334444",
        "FECHA": "03/10/2026",
        "HORA": "10:22:33",
        "CANTIDAD": "65",
        "COSTE": "0,0125",
        "DESCRIPCION": "Fijo España",
        **values,
    }
    return ";".join(row[name] for name in WHOLESALE_HEADER.split(";"))


def wholesale_file(*lines):
    """Return the bytes of a file of the mobile wholesaler."""
    return "".join(line + "\n" for line in (WHOLESALE_HEADER, *lines)).encode(
        "iso-8859-15"
    )


def decode_wholesale(*lines, **changes):
    """Return the rows of some lines of the mobile wholesaler, however many are bad."""
    spec = all_rejections_allowed(shipped_spec("mobile_wholesale", **changes))
    return decode(wholesale_file(*lines), spec)


def decode_one(**values):
    """Return the row of one line of the mobile wholesaler."""
    (row,) = decode_wholesale(wholesale_line(**values))
    return row


def fixed_file(details, count=None, seconds=None, cost=None, header=True, trailer=True):
    """Return the bytes of a file of the fixed-line carrier.

    :param details: of (calling, called, seconds, ten-thousandths of a euro)
    :param count, seconds, cost: what the trailer tells; the truth by default
    """
    details = list(details)
    lines = ["HCARRIER1000007" + "20261004233000"] if header else []
    for number, (calling, called, duration, price) in enumerate(details, 1):
        lines.append(
            f"D{number:08}{calling:<15}{called:<20}20261003102233"
            f"{duration:07}{price:010}NAO"
        )
    if trailer:
        count = len(details) if count is None else count
        seconds = sum(row[2] for row in details) if seconds is None else seconds
        cost = sum(row[3] for row in details) if cost is None else cost
        lines.append(f"T{count:08}{seconds:012}{cost:014}")
    return "".join(line.ljust(90) + "\r\n" for line in lines).encode("ascii")


def sheet_spec(**changes):
    """Return the format of a wholesaler's file that was rewritten as XLSX."""
    spec = shipped_spec("mobile_wholesale", container="xlsx", **changes)
    fields = tuple(
        replace(field, pattern="") if field.target in START_HALVES else field
        for field in spec.fields
    )
    return replace(spec, fields=fields, is_newline_terminated=False)


def xml_spec(**changes):
    """Return the format of a roamer's file that was rewritten as XML."""
    spec = shipped_spec("data_roaming")
    fields = tuple(
        replace(field, source="@id") if field.target == "external_id" else field
        for field in spec.fields
    )
    settings = {
        "container": "xml_records",
        "fields": fields,
        "is_newline_terminated": False,
        "record_marker": "Record",
        "header_marker": "Header",
        "header_fields": (FieldSpec("sequence_number", "@sequence", "integer"),),
        "trailer_marker": "Trailer",
        "trailer_fields": (FieldSpec("control_count", "@records", "integer"),),
    }
    return replace(spec, **{**settings, **changes})


ONE_CALL = ("34931234567", "612345678", 65, 125)
