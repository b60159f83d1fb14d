"""Check text files: no blank at a line's end, a newline at the end, no conflict."""

import sys
from collections.abc import Iterator
from pathlib import Path

from report import main

CONFLICT = ("<" * 7 + " ", ">" * 7 + " ")
# Two blanks at the end of a line break it in Markdown.
BREAKS = {".md"}


def check(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_bytes().decode("utf-8", errors="replace")
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith(CONFLICT):
            yield number, "a mark of an unsolved conflict"
        if line.endswith("\r"):
            yield number, "ends as on Windows (CRLF)"
        elif line.rstrip() != line and path.suffix not in BREAKS:
            yield number, "blanks at the end of the line"
    if text and not text.endswith("\n"):
        yield len(lines), "no newline at the end of the file"


if __name__ == "__main__":
    sys.exit(main(check))
