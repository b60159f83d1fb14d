# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Fixed-width text: every value has its place in the line."""

import re

from ..errors import FieldError, SpecError
from .picker import FAULT, picker

_ATOM = re.compile(r"(\d{1,5}):(\d{1,5})", re.ASCII)


class FixedWidthLine:
    """Cut a line at the atoms' ``start:length``, the first character being 1."""

    #: Whether columns hold integers besides texts.
    has_integers = False

    def __init__(self, spec, atoms):
        self.record_length = spec.record_length
        self.slices = [self._slice(atom) for atom in atoms]
        self.shortest = max((cut.stop for cut in self.slices), default=0)
        self.pick = picker(self.slices)

    def __call__(self, line):
        length = len(line)
        if self.record_length and length != self.record_length:
            raise FieldError("structure", f"{length}", f"{self.record_length}")
        if length < self.shortest:
            raise FieldError("structure", f"{length}", f">= {self.shortest}")
        return self.pick(line)

    def columns(self, lines):
        """Return one column of cells per atom; of a line of another shape, FAULTs."""
        if not all(map(self._fits, set(map(len, lines)))):
            shapeless = FAULT * max(self.record_length, self.shortest)
            lines = [line if self._fits(len(line)) else shapeless for line in lines]
        return [[line[cut] for line in lines] for cut in self.slices]

    def _fits(self, length):
        if self.record_length and length != self.record_length:
            return False
        return length >= self.shortest

    @staticmethod
    def _slice(atom):
        found = _ATOM.fullmatch(atom)
        if not found or not int(found[1]) or not int(found[2]):
            raise SpecError("source", "not_start_length", value=atom)
        start = int(found[1]) - 1
        return slice(start, start + int(found[2]))
