# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Random streams that don't disturb one another.

Each part of the generator draws from a stream of its own, named after it, so that
a change in one part leaves what the others draw as it was.
"""

import random


def random_stream(seed, *names):
    """Return a generator that depends on the seed and the names only.

    >>> random_stream(7, "world").random() == random_stream(7, "world").random()
    True
    >>> random_stream(7, "world").random() == random_stream(7, "usage").random()
    False
    """
    return random.Random("/".join(str(part) for part in (seed, *names)))


def share(total, weights):
    """Split a whole number by weights, leaving nothing over.

    >>> share(10, [1, 1, 1])
    [3, 4, 3]
    >>> share(5, [0, 0])
    [0, 0]

    :param int total: what to split, 0 or more
    :param list weights: numbers of 0 or more
    :return: list of int; its sum is ``total`` unless all weights are 0
    """
    whole = sum(weights)
    parts, given, reached = [], 0, 0
    for weight in weights:
        reached += weight
        upto = int(total * reached / whole + 0.5) if whole else 0
        parts.append(upto - given)
        given = upto
    return parts
