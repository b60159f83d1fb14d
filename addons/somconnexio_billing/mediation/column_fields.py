# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The fields of a format's usage lines -> the columns of their values."""

from .cell_fields import first_sum
from .columns import (
    DecimalColumn,
    IdentifierColumn,
    IntegerColumn,
    MemoColumn,
    MemoValueColumn,
    NumberColumn,
    TextColumn,
    ValueColumn,
)
from .containers.picker import FAULT
from .copy_text import NULL
from .instants import IsoReader, LocalReader
from .spec import RECORD_TARGETS, START_HALVES
from .start_columns import HalvesColumn, IsoColumn, LocalColumn
from .values import DecimalReader, TextReader

_STARTS = ("started_at", *START_HALVES)


class ColumnFields:
    """Read the cells of many lines, each field in the fastest way that suits it.

    :param RowDecoder row_decoder: its readers and its window are used
    :param bool has_sums: costs are wanted as values, not as texts
    """

    def __init__(self, row_decoder, has_sums):
        self.bound = row_decoder.cells.bound
        self.window = row_decoder.window
        self.value_targets = ("quantity", "wholesale_cost")[: 1 + has_sums]
        self.has_integers = row_decoder.cells.split.has_integers
        self.readers = [self._bind(target) for target in RECORD_TARGETS]

    def read(self, columns, count):
        """Return the columns of the record's values, in the order of its targets.

        They hold COPY texts; quantities (and costs, if wanted) are numbers.

        :param columns: of the atoms' cells
        :param int count: of lines
        """
        return [
            read(*[columns[index] for index in indexes]) if indexes else read * count
            for indexes, read in self.readers
        ]

    def _bind(self, target):
        """Return a target's atoms and their reader; of a constant, none and a list."""
        if target == "started_at":
            return self._bind_start()
        alternatives, memo = self.bound.get(target, ((), None))
        indexes = sorted({index for indexes in alternatives for index in indexes})
        if not indexes:
            return (), [self._constant(target, None if memo is None else memo.empty)]
        places = [[indexes.index(index) for index in atoms] for atoms in alternatives]
        column = self._column(target, memo, places)
        return indexes, self._with_texts(column)

    def _constant(self, target, value):
        if target in self.value_targets:
            return value
        text = NULL if value is None else str(value)
        return FAULT if value and "\\" in text else text

    def _column(self, target, memo, places):
        if target in self.value_targets:
            if IntegerColumn.suits(memo):
                return IntegerColumn(memo, places)
            if places == [[0]]:
                return MemoValueColumn(memo)
            return ValueColumn(lambda cells: first_sum(cells, places, memo))
        if places != [[0]]:
            return TextColumn(lambda cells: first_sum(cells, places, memo))
        if isinstance(memo, TextReader):
            return IdentifierColumn(memo)
        if isinstance(memo.read, DecimalReader) and memo.read.factor == 1:
            return DecimalColumn(memo, memo.read.separator)
        if NumberColumn.suits(memo):
            return NumberColumn(memo)
        return MemoColumn(memo)

    def _bind_start(self):
        """Return the atoms and the reader of starts.

        Where hours can't be looked up, every start is the row decoder's.
        """
        targets = [name for name in _STARTS if name in self.bound]
        bound = [self.bound[target] for target in targets]
        column = self._start_column([memo.read for _, memo in bound])
        if column is None or any(len(sum(atoms, [])) != 1 for atoms, _ in bound):
            return (), [FAULT]
        return [atoms[0][0] for atoms, _ in bound], self._with_texts(column)

    def _start_column(self, readers):
        if isinstance(readers[0], IsoReader):
            return IsoColumn(readers[0], self.window)
        if isinstance(readers[0], LocalReader):
            return LocalColumn(readers[0], self.window)
        if readers[-1].pattern.pattern.startswith("%H"):
            return HalvesColumn(*readers, self.window)
        return None

    def _with_texts(self, column):
        """Have a column get texts only, where the container gives integers too."""
        if not self.has_integers or isinstance(column, IntegerColumn):
            return column
        return lambda *columns: column(*map(_texts, columns))


def _texts(cells):
    if int in set(map(type, cells)):
        return [f"{cell}" for cell in cells]
    return cells
