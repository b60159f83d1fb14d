# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Three providers' files of the month before this one, in their real formats.

What they must come to is in ``EXPECTED_COUNTERS`` and ``EXPECTED_BILLS``, worked out by
hand from the prices in bill_month_world.
"""

import gzip
import json
from datetime import date, timedelta
from decimal import Decimal

#: The last full month: a file may only hold what has happened by its receipt.
MONTH_START = (date.today().replace(day=1) - timedelta(days=1)).replace(day=1)
MONTH = f"{MONTH_START:%Y-%m}"
MOBILES = {
    "Anna Puig": "34699000001",
    "Biel Roca": "34699000002",
    "Carla Vila": "34699000003",
    "Didac Sala": "34699000004",
    "Elsa Mas": "34699000005",
}
LANDLINE = {"Carla Vila": "34931000003"}
SILENT = "Elsa Mas"
MEGABYTE = 1048576
HEADER = "ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;DESCRIPCION"
FIXED_WIDTH = 90

EXPECTED_COUNTERS = {
    "file_count": 3,
    "row_count": 23,
    "event_count": 21,
    "duplicate_count": 1,
    "rejected_count": 1,
    "suspended_count": 1,
    "rated_count": 20,
    "allowance_count": 4,
    "account_count": 5,
    "bill_count": 5,
    "held_count": 0,
    "pdf_count": 5,
}
#: Untaxed and tax of 21 %. A mobile costs 10, of four minutes two are included, the
#: others cost 0.12, the message 0.10; the landline 5 and 0.60, the data 0.10 + 0.20.
EXPECTED_BILLS = {
    "Anna Puig": (Decimal("10.22"), Decimal("2.15")),
    "Biel Roca": (Decimal("10.22"), Decimal("2.15")),
    "Carla Vila": (Decimal("15.82"), Decimal("3.32")),
    "Didac Sala": (Decimal("10.52"), Decimal("2.21")),
    "Elsa Mas": (Decimal("10.00"), Decimal("2.10")),
}


def write_month(folder):
    """Write the month's three files into a folder and return it."""
    write_mobile(folder, 1, _month_of_mobiles())
    write_fixed(folder)
    write_data(folder)
    return folder


def write_mobile(folder, sequence, lines):
    """Write a file of the mobile wholesaler."""
    text = "".join(f"{line}\n" for line in (HEADER, *lines))
    path = folder / f"MW_CDR_{MONTH_START:%Y%m}07_{sequence:04d}.csv"
    path.write_text(text, encoding="iso-8859-15")


def mobile_line(record, served, day, **values):
    """Return a line of the mobile wholesaler: by default a call of a minute."""
    row = {
        "ID_REGISTRO": record,
        "TIPO": "VOZ",
        "SENTIDO": "S",
        "ORIGEN": served.removeprefix("34"),
        "DESTINO": "933334444",
        "FECHA": f"{MONTH_START.replace(day=day):%d/%m/%Y}",
        "HORA": "10:22:33",
        "CANTIDAD": "60",
        "COSTE": "0,0125",
        "DESCRIPCION": "España",
        **values,
    }
    return ";".join(str(row[name]) for name in HEADER.split(";"))


def _month_of_mobiles():
    """Return nineteen lines: sixteen good, one twice, one unknown, one unreadable."""
    lines = []
    for name, number in MOBILES.items():
        if name == SILENT:
            continue
        first = len(lines)
        text = {"TIPO": "SMS", "DESTINO": "612345678", "CANTIDAD": 1}
        lines += [
            mobile_line(first, number, 5),
            mobile_line(first + 1, number, 6, CANTIDAD=180),
            mobile_line(first + 2, number, 6, **text),
            mobile_line(first + 3, number, 7, SENTIDO="E"),
        ]
    unknown = mobile_line(90, "34699999999", 5)
    unreadable = mobile_line(91, MOBILES["Anna Puig"], 5, CANTIDAD="many")
    return [*lines, lines[0], unknown, unreadable]


def write_fixed(folder, counted=2):
    """Write a file of the fixed carrier: two calls of five minutes.

    :param int counted: what the trailer says; anything but 2 contradicts the file
    """
    served = LANDLINE["Carla Vila"].removeprefix("34")
    lines = [f"HES0417FX{1043:06d}{MONTH_START:%Y%m}07233000"]
    for number in (1, 2):
        started = f"{MONTH_START:%Y%m}0{number}101500"
        lines.append(
            f"D{number:08d}{served:<15}{'933334444':<20}{started}{300:07d}{150:010d}NAO"
        )
    lines.append(f"T{counted:08d}{600:012d}{300:014d}")
    text = "".join(f"{line:<{FIXED_WIDTH}}\r\n" for line in lines)
    path = folder / f"FIX_{MONTH_START:%Y%m}07_001043.txt"
    path.write_bytes(text.encode("ascii"))


def write_data(folder):
    """Write a file of data: ten megabytes at home and as many in France."""
    served = f"+{MOBILES['Didac Sala']}"
    records = [
        {
            "recordId": f"d{day}",
            "type": "DATA",
            "msisdn": served,
            "start": f"{MONTH_START.replace(day=day).isoformat()}T12:00:00+00:00",
            "volume": {"uplink": MEGABYTE, "downlink": 9 * MEGABYTE},
            "visited": {"country": country},
            "cost": "0.01",
        }
        for day, country in ((8, "ES"), (9, "FR"))
    ]
    text = "".join(f"{json.dumps(record)}\n" for record in records)
    path = folder / f"DR_{MONTH_START:%Y%m}09.jsonl.gz"
    path.write_bytes(gzip.compress(text.encode()))
