# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write a world as JSON: one record a line, dates as 2026-10-01, instants with Z."""

import json
from dataclasses import asdict, fields
from datetime import date, datetime

LAYOUT = 1


def write_world(path, settings, world):
    """Write ``world.json``, record by record.

    :param Path path: the file, replaced if it is there
    :param settings: what the world was made from; written above it
    """
    head = {
        "layout": LAYOUT,
        "seed": settings.seed,
        "month": f"{settings.month_start:%Y-%m}",
    }
    with path.open("w", encoding="utf-8", newline="\n") as target:
        target.write("{\n")
        for name, value in head.items():
            target.write(f"{json.dumps(name)}: {json.dumps(value)},\n")
        target.write(",\n".join(_sections(world)))
        target.write("\n}\n")


def _sections(world):
    for section in fields(world):
        records = getattr(world, section.name)
        lines = ",\n".join(_line(record) for record in records)
        yield f"{json.dumps(section.name)}: [\n{lines}\n]"


def _line(record):
    plain = asdict(record, dict_factory=_plain)
    return json.dumps(plain, ensure_ascii=False)


def _plain(pairs):
    return {name: _plain_value(value) for name, value in pairs}


def _plain_value(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value
