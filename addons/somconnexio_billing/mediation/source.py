# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The little language that says where a value comes from.

``a | b`` takes the first alternative whose parts are all there, ``a + b`` adds up,
and ``+`` binds tighter than ``|``. What an atom means is the container's business:
a column name or number, ``start:length``, a dotted path.
"""

from .errors import SpecError


def parse_source(text):
    """Return the alternatives of a source, each a tuple of atoms to add up.

    >>> parse_source("duration | up + down")
    (('duration',), ('up', 'down'))

    :raise SpecError: when an atom is missing, as in ``a | | b``
    """
    alternatives = tuple(
        tuple(atom.strip() for atom in alternative.split("+"))
        for alternative in text.split("|")
    )
    if not all(atom for alternative in alternatives for atom in alternative):
        raise SpecError("source", "empty_atom", source=text)
    return alternatives
