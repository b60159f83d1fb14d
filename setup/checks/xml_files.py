"""Check that XML files are well-formed and that no data file gives an id twice."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from report import main

# Two records of one id in a file: the second silently overwrites the first.
WITH_ID = ("record", "template", "menuitem")


def check(path: Path) -> Iterator[tuple[int, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree = etree.parse(path, parser)
    except etree.XMLSyntaxError as error:
        yield error.lineno or 1, f"not well-formed: {error.msg}"
        return
    if tree.getroot().tag != "odoo":
        return
    seen: dict[str, int] = {}
    for element in tree.iter(*WITH_ID):
        name = element.get("id")
        if name and name in seen:
            yield element.sourceline, f"id {name} is also on line {seen[name]}"
        seen.setdefault(name, element.sourceline)


if __name__ == "__main__":
    sys.exit(main(check))
