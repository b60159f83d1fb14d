"""What the checks share: run one over the files that are given, print what it finds."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# A check yields (line, problem) for a file.
Check = Callable[[Path], Iterator[tuple[int, str]]]


def main(check: Check) -> int:
    """Check the files on the command line; 1 when anything was found."""
    found = 0
    for name in sys.argv[1:]:
        for line, problem in check(Path(name)):
            print(f"{name}:{line}: {problem}")
            found += 1
    return 1 if found else 0
