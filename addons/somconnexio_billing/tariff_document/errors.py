# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong with a document or a usage file: where, and what to do."""

from typing import NamedTuple

SHOWN_COUNT = 20


class Problem(NamedTuple):
    """One fault.

    :ivar str path: where it is, such as ``rates[3].unit_price``; empty: the whole
    :ivar str text: what is wrong and what to do
    """

    path: str
    text: str

    def __str__(self):
        return f"{self.path}: {self.text}" if self.path else self.text


class DocumentError(ValueError):
    """A tariff document that can't be used.

    :ivar list problems: every fault that was found, in the order of the document
    """

    def __init__(self, problems):
        self.problems = list(problems)
        shown = [str(problem) for problem in self.problems[:SHOWN_COUNT]]
        if len(self.problems) > SHOWN_COUNT:
            shown.append(f"… and {len(self.problems) - SHOWN_COUNT} more")
        super().__init__("\n".join(shown))


class UsageError(ValueError):
    """A row of a usage file that can't be read.

    :ivar int line_number: line of the file, the header being 1
    :ivar str column: name of the column, empty when it is the row
    """

    def __init__(self, line_number, column, text):
        self.line_number = line_number
        self.column = column
        where = f"line {line_number}" + (f", {column}" if column else "")
        super().__init__(f"{where}: {text}")
