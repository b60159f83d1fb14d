# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which column of a source's file gives which column of a kind, and how to read it."""

from dataclasses import dataclass, field, replace

from .errors import LayoutError, ValueFault
from .kinds import KINDS
from .values import CELL_ERRORS, READERS, Manner

JOINS = " + "
#: Types that several columns of the source may make together.
JOINABLE = ("key", "text", "note")


@dataclass(frozen=True)
class ColumnMap:
    """Where one value comes from.

    :ivar str source: name of the source's column; ``a + b`` joins several, of keys by
        a slash, of texts by a blank; empty: every row takes the default
    :ivar dict value_map: written text -> meaning
    """

    target: str
    source: str = ""
    default: str = ""
    date_pattern: str = ""
    value_map: dict = field(default_factory=dict, hash=False)

    @property
    def sources(self):
        """The names of the source's columns."""
        return tuple(filter(None, map(str.strip, self.source.split(JOINS))))


@dataclass(frozen=True)
class Layout:
    """How the files of one kind of row look.

    :raise LayoutError: from ``check``
    """

    kind: str
    columns: tuple
    manner: Manner = Manner()

    def check(self):
        """Raise when the layout contradicts itself.

        :raise LayoutError: ``unknown_target``, ``target_twice``, ``target_missing``
            or ``not_joinable``
        """
        known = KINDS[self.kind].by_name
        seen = set()
        for column in self.columns:
            if column.target not in known:
                raise LayoutError("unknown_target", target=column.target)
            if column.target in seen:
                raise LayoutError("target_twice", target=column.target)
            seen.add(column.target)
            if len(column.sources) > 1 and known[column.target].type not in JOINABLE:
                raise LayoutError("not_joinable", target=column.target)
        given = {item.target for item in self.columns if item.sources or item.default}
        for column in known.values():
            if column.is_required and not column.default and column.name not in given:
                raise LayoutError("target_missing", target=column.name)

    @property
    def all_columns(self):
        """The columns mapped, and those that have a value without being mapped."""
        mapped = {item.target for item in self.columns}
        return (
            *self.columns,
            *(
                ColumnMap(column.name)
                for column in KINDS[self.kind].columns
                if column.default and column.name not in mapped
            ),
        )

    def for_sheets(self):
        """Return this layout for sheets, whose dates come as ISO writes them."""
        return replace(self, manner=replace(self.manner, has_iso_dates=True))


def bind(layout, header):
    """Return the readers of a file's cells, and the columns nothing is taken from.

    :param header: names of the file's columns, in their order
    :return: ``([CellReader], [names])``
    :raise LayoutError: ``column_missing``, or as ``Layout.check``
    """
    layout.check()
    used = {name for item in layout.columns for name in item.sources}
    for name in sorted(used):
        if name not in header:
            raise LayoutError("column_missing", column=name, columns=", ".join(header))
    readers = [CellReader(layout, item, header) for item in layout.all_columns]
    return readers, [name for name in header if name and name not in used]


class CellReader:
    """Read one value of a row.

    :ivar column: the ``kinds.Column``
    :ivar str label: the source's name of it, as shown with a fault
    """

    def __init__(self, layout, item, header):
        self.column = KINDS[layout.kind].by_name[item.target]
        self.label = item.source or item.target
        self.places = [header.index(name) for name in item.sources]
        self.default = item.default or self.column.default
        self.value_map = item.value_map
        pattern = item.date_pattern or layout.manner.date_pattern
        self.manner = replace(layout.manner, date_pattern=pattern)
        self.joint = "/" if self.column.type == "key" else " "

    def text(self, cells):
        """Return what a row writes, its cells joined, blanks around it cut off."""
        parts = [cells[place].strip() for place in self.places]
        if self.joint == "/" and not all(parts):
            return ""
        return self.joint.join(filter(None, parts))

    def value(self, text):
        """Return the canonical value of a text, None for nothing.

        :raise ValueFault: when it cannot be read, or is missing
        """
        meaning = self.value_map.get(text, text) if text else ""
        meaning = meaning or ("" if text in self.value_map else self.default)
        if not meaning:
            return self._nothing()
        if meaning in CELL_ERRORS:
            raise ValueFault("cell_error")
        if self.column.type == "choice":
            return self._choice(meaning)
        value = READERS[self.column.type](meaning, self.manner)
        return self._nothing() if value == "" else value

    def _nothing(self):
        if self.column.is_required:
            raise ValueFault("missing")

    def _choice(self, meaning):
        if meaning not in self.column.choices:
            expected = ", ".join([*self.value_map, *self.column.choices])
            raise ValueFault("bad_choice", expected)
        return meaning
