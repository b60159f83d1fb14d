# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong with a document or a usage file: where, and what to do."""

from typing import NamedTuple

from .text import Text as _, english, told

# pylint: disable=prefer-env-translation  # there is no env in plain Python
SHOWN_COUNT = 20


class Problem(NamedTuple):
    """One fault.

    :ivar path: where it is, such as ``rates[3].unit_price``; empty: the whole
    :ivar text: what is wrong and what to do: a Text, or a str that is translated
    """

    path: str | _
    text: str | _

    def told(self, translate):
        """Return both in another language; see ``Text.told``."""
        path, text = told(self.path, translate), told(self.text, translate)
        return f"{path}: {text}" if path else text

    def __str__(self):
        return self.told(english)


class DocumentError(ValueError):
    """A tariff document that can't be used.

    :ivar list problems: every fault that was found, in the order of the document
    """

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__(self.told(english))

    def told(self, translate):
        """Return the first problems in another language, a line each."""
        shown = [problem.told(translate) for problem in self.problems[:SHOWN_COUNT]]
        more = len(self.problems) - SHOWN_COUNT
        if more > 0:
            shown.append(_("… and %(count)s more", count=more).told(translate))
        return "\n".join(shown)


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
