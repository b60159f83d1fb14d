"""Check that CSV data files have whole rows, a clean header and no id twice."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from report import main


def check(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            yield from _header(header)
            yield from _rows(reader, header)
    except (UnicodeDecodeError, csv.Error) as error:
        yield 1, f"no CSV in UTF-8: {error}"


def _header(header: list[str]) -> Iterator[tuple[int, str]]:
    if not header or any(not name or name != name.strip() for name in header):
        yield 1, "a column has no name, or blanks around it"
    if len(set(header)) != len(header):
        yield 1, "two columns have the same name"


def _rows(reader, header: list[str]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for row in reader:
        line = reader.line_num
        if len(row) != len(header):
            yield line, f"{len(row)} fields, and the header has {len(header)}"
        elif header[0] == "id":
            if row[0] in seen:
                yield line, f"id {row[0]} is also on line {seen[row[0]]}"
            seen.setdefault(row[0], line)


if __name__ == "__main__":
    sys.exit(main(check))
