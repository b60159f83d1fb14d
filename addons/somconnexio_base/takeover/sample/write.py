# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write a delivery into a folder, as the other ERP exports it."""

import csv
import json

import xlsxwriter

from .profile import FILES, PROFILE

SHEET_KINDS = ("bill",)


def write_delivery(delivery, folder, sheet_kinds=SHEET_KINDS):
    """Write the files of a delivery, and ``profile.json`` beside them.

    :param folder: pathlib.Path, made when missing
    :param sheet_kinds: kinds that come as XLSX instead of CSV
    :return: list of the paths written, the profile last; none for a kind without rows
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, rows in delivery.rows.items():
        if not rows:
            continue
        write = _write_sheet if kind in sheet_kinds else _write_text
        columns = [name for name in rows[0] if name != "!"]
        path = folder / (FILES[kind] + (".xlsx" if kind in sheet_kinds else ".csv"))
        write(path, columns, rows)
        paths.append(path)
    profile = folder / "profile.json"
    text = json.dumps(PROFILE, indent=2, ensure_ascii=False)
    profile.write_text(text + "\n", encoding="utf-8")
    return [*paths, profile]


def _write_text(path, columns, rows):
    with path.open("w", encoding=PROFILE["encoding"], newline="") as file:
        writer = csv.writer(file, delimiter=PROFILE["delimiter"])
        writer.writerow(columns)
        writer.writerows([row[name] for name in columns] for row in rows)


def _write_sheet(path, columns, rows):
    options = {"strings_to_formulas": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Facturas")
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                sheet.write_string(number, place, row[name])
