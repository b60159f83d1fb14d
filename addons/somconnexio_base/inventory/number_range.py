# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A range of numbers -> each of its numbers.

>>> expand("34612345678", "34612345680", 10)
['34612345678', '34612345679', '34612345680']
"""

DIFFERENT_LENGTH = "different_length"
REVERSED = "reversed"
TOO_MANY = "too_many"


class RangeError(ValueError):
    """A range that can't be used; ``code`` says why, ``count`` how long it is."""

    def __init__(self, code, count=0):
        super().__init__(code)
        self.code = code
        self.count = count


def expand(first, last, max_count):
    """Return all numbers from one to another, both included.

    :param str first: digits
    :param str last: digits, as many
    :param int max_count: more numbers than this are a mistake
    :return: list of str
    :raise RangeError: different_length, reversed or too_many
    """
    if len(first) != len(last):
        raise RangeError(DIFFERENT_LENGTH)
    count = int(last) - int(first) + 1
    if count < 1:
        raise RangeError(REVERSED)
    if count > max_count:
        raise RangeError(TOO_MANY, count)
    width = len(first)
    return [f"{number:0{width}d}" for number in range(int(first), int(last) + 1)]
