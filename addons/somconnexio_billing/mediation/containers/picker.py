# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What the containers share."""

from operator import itemgetter

#: In place of a cell of a line that is not plainly fine. No line holds it.
FAULT = "\0"


def picker(keys):
    """Return a function from a sequence to the tuple of its items at ``keys``.

    >>> picker([2, 0])("abc"), picker([1])("abc"), picker([])("abc")
    (('c', 'a'), ('b',), ())
    """
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda items: tuple(items[key] for key in keys)
