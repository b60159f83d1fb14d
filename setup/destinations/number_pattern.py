# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Turn the regular expressions of numbering metadata into prefixes.

The expressions use digits, classes, groups, alternatives and repetitions only. To
know whether a number that begins with some digits can match, the parsed expression is
walked until those digits are used up.

>>> can_begin(parse("6[0-5]|7(?:1|2)3"), "7")
True
>>> can_begin(parse("6[0-5]|7(?:1|2)3"), "74")
False
"""

try:
    from re import _constants as constants, _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as constants
    import sre_parse as parser


class _UsedUp(Exception):
    """All digits of the prefix found a place in the expression."""


def parse(pattern):
    """Return the parsed form of a regular expression of digits."""
    return parser.parse(pattern)


def can_begin(parsed, digits):
    """Tell whether some number that begins with ``digits`` can match."""
    try:
        _walk(parsed, digits, {0})
    except _UsedUp:
        return True
    return False


def _walk(items, digits, offsets):
    """Return where in ``digits`` one may be after ``items``, from ``offsets``."""
    for operator, argument in items:
        if len(digits) in offsets:
            raise _UsedUp
        offsets = _step(operator, argument, digits, offsets)
    if len(digits) in offsets:
        raise _UsedUp
    return offsets


def _step(operator, argument, digits, offsets):
    if operator in (constants.LITERAL, constants.IN):
        accepted = _digits_of(operator, argument)
        return {offset + 1 for offset in offsets if digits[offset] in accepted}
    if operator is constants.BRANCH:
        ends = [_walk(branch, digits, offsets) for branch in argument[1]]
        return set().union(*ends)
    if operator is constants.SUBPATTERN:
        return _walk(argument[-1], digits, offsets)
    if operator is constants.MAX_REPEAT:
        return _repeat(*argument, digits, offsets)
    raise ValueError(f"Numbering metadata uses {operator}: teach it to {__name__}.")


def _repeat(least, most, items, digits, offsets):
    ends = set(offsets) if least == 0 else set()
    for turn in range(1, min(most, len(digits)) + 1):
        offsets = _walk(items, digits, offsets)
        if turn >= least:
            ends |= offsets
    return ends


def _digits_of(operator, argument):
    """Return the digits that a literal or a class accepts."""
    if operator is constants.LITERAL:
        return chr(argument)
    accepted = set()
    for kind, value in argument:
        if kind is constants.LITERAL:
            accepted.add(chr(value))
        elif kind is constants.RANGE:
            accepted.update(map(chr, range(value[0], value[1] + 1)))
        else:  # the category of digits
            accepted.update("0123456789")
    return accepted


def split_ranges(patterns, default, longest, shortest=1):
    """Return the prefixes that tell each class of numbers from the default one.

    >>> split_ranges({"fixed": ["2\\\\d{3}"], "mobile": ["8[1-3]\\\\d{2}|9\\\\d{3}"]},
    ...              "fixed", 3)
    {'mobile': ['8', '9']}

    A prefix stands for all numbers below it, also those of no class.

    :param dict patterns: regular expressions by class
    :param default: the class of what no prefix tells apart
    :param int longest: digits of the longest prefix
    :param int shortest: digits of the shortest, where more would be too wide a claim
    :return: dict of sorted lists of prefixes by class; the default has none
    """
    parsed = {
        name: [parse(pattern) for pattern in expressions]
        for name, expressions in patterns.items()
    }
    found = {}

    def descend(prefix):
        classes = [
            name
            for name, expressions in parsed.items()
            if any(can_begin(expression, prefix) for expression in expressions)
        ]
        is_unclear = len(classes) > 1 and len(prefix) < longest
        if is_unclear or (classes and len(prefix) < shortest):
            for digit in "0123456789":
                descend(prefix + digit)
        elif len(classes) == 1 and classes != [default]:
            found.setdefault(classes[0], []).append(prefix)

    for digit in "0123456789":
        descend(digit)
    return found
