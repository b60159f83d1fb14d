# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The fields of a kind of line -> its values."""

from .containers import LINE_KINDS
from .errors import FieldError
from .readers import make_reader
from .values import canonical


class CellFields:
    """The fields of one kind of line, bound to the cells of its container.

    :param slots: names of the values, in the order that ``read`` returns them
    :ivar dict bound: by target, the alternatives as indexes of cells, and the reader
    :raise SpecError: when a source or a pattern does not suit the container
    """

    def __init__(self, spec, fields, slots):
        self.slots = slots
        sourced = [field for field in fields if field.source]
        atoms = tuple(
            dict.fromkeys(
                atom
                for field in sourced
                for alternative in field.alternatives
                for atom in alternative
            )
        )
        self.split = LINE_KINDS[spec.container](spec, atoms)
        self.constants = [None] * len(slots)
        self.bound = {}
        self.simple = []
        self.composite = []
        for field in fields:
            self._bind(field, make_reader(spec, field), atoms)

    def _bind(self, field, memo, atoms):
        slot = self.slots.index(field.target)
        alternatives = [
            [atoms.index(atom) for atom in alternative]
            for alternative in field.alternatives
        ]
        self.bound[field.target] = alternatives, memo
        if not alternatives:
            self.constants[slot] = memo.empty
        elif len(alternatives) == 1 and len(alternatives[0]) == 1:
            self.simple.append((slot, alternatives[0][0], memo.__getitem__))
        else:
            self.composite.append((slot, alternatives, memo))

    def read(self, line):
        """Return the values of a line, in the order of the slots.

        :raise FieldError: naming the field, unless the line's shape is at fault
        """
        cells = self.split(line)
        values = self.constants.copy()
        slot = None
        try:
            for slot, cell, read in self.simple:
                values[slot] = read(cells[cell])
            for slot, alternatives, memo in self.composite:
                values[slot] = first_sum(cells, alternatives, memo)
        except FieldError as error:
            error.target = self.slots[slot]
            raise
        return values


def first_sum(cells, alternatives, memo):
    """Return the sum of the first alternative whose cells all hold something."""
    for indexes in alternatives:
        texts = [cells[index] for index in indexes]
        if all(text.strip() for text in texts):
            values = [memo[text] for text in texts]
            return values[0] if len(values) == 1 else canonical(sum(values))
    return memo[""]
