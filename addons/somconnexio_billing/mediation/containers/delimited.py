# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Delimited text: columns between separators, one record per line."""

import csv

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from ..errors import FieldError, SpecError
from .picker import FAULT, picker


class DelimitedLine:
    """Cut a line into columns; atoms are column names or 1-based numbers.

    With a column header, ``read_column_header`` comes before any other line.
    """

    #: Whether columns hold integers besides texts.
    has_integers = False

    def __init__(self, spec, atoms):
        self.spec = spec
        self.atoms = atoms
        self.column_count = 0
        if not spec.has_column_header:
            self._place([self._index(atom) for atom in atoms])

    def read_column_header(self, line):
        """Learn from the first line where the named columns are.

        :raise FileError: when a column is missing or there twice
        """
        names = [name.strip() for name in self.split(line)]
        self.column_count = len(names)
        self._place([self._index_of(atom, names) for atom in self.atoms])

    def _place(self, indexes):
        self.needed_count = max(indexes, default=-1) + 1
        self.pick = picker(indexes)

    def __call__(self, line):
        columns = self.split(line)
        if self.column_count and len(columns) != self.column_count:
            raise FieldError("structure", f"{len(columns)}", f"{self.column_count}")
        if len(columns) < self.needed_count:
            expected = f">= {self.needed_count}"
            raise FieldError("structure", f"{len(columns)}", expected)
        return self.pick(columns)

    def columns(self, lines):
        """Return one column of cells per atom; of a line of another shape, FAULTs."""
        rows = self._rows(lines)
        fits = self.column_count.__eq__ if self.column_count else self._is_long_enough
        if not all(map(fits, set(map(len, rows)))):
            shapeless = [FAULT] * (self.column_count or self.needed_count)
            rows = [row if fits(len(row)) else shapeless for row in rows]
        return self.pick(list(zip(*rows, strict=False)))

    def _is_long_enough(self, count):
        return count >= self.needed_count

    def _rows(self, lines):
        delimiter, quote = self.spec.delimiter, self.spec.quote_char
        if not quote:
            return [line.split(delimiter) for line in lines]
        # A line that quotes nothing needs no parser.
        return [
            self._quoted(line)
            if quote in line or "\r" in line
            else line.split(delimiter)
            for line in lines
        ]

    def _quoted(self, line):
        try:
            return self.split(line)
        except FieldError:
            return []

    def split(self, line):
        """Return all columns of a line, quotes taken off."""
        if not self.spec.quote_char:
            return line.split(self.spec.delimiter)
        reader = csv.reader(
            [line],
            delimiter=self.spec.delimiter,
            quotechar=self.spec.quote_char,
            strict=True,
        )
        try:
            return next(reader)
        except csv.Error as error:
            raise FieldError("structure", str(error), self.spec.quote_char) from error

    @staticmethod
    def _index(atom):
        if not (atom.isascii() and atom.isdigit() and int(atom)):
            raise SpecError("source", "not_a_column_number", value=atom)
        return int(atom) - 1

    def _index_of(self, atom, names):
        found = names.count(atom)
        if found > 1:
            raise FileError("column_twice", column=atom)
        if found:
            return names.index(atom)
        if atom.isascii() and atom.isdigit() and 0 < int(atom) <= len(names):
            return int(atom) - 1
        raise FileError("column_missing", column=atom, columns=", ".join(names))
