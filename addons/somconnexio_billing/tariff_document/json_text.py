# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read JSON without floats, and without keys that stand twice."""

import json
from decimal import Decimal

from .errors import DocumentError, Problem

#: A price list of 50,000 rates has some 20 million characters.
LONGEST_TEXT = 64 * 1024 * 1024


def read_json(text):
    """Return JSON text as dicts, lists, texts, booleans, ints and Decimals.

    :raise DocumentError: with line and column, when it is no JSON
    """
    if len(text) > LONGEST_TEXT:
        raise _error(f"has more than {LONGEST_TEXT // 1024**2} MiB: split the tariff")
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique_keys,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _error(f"no JSON: {error.msg} at {place}; correct the file") from None
    except RecursionError:
        raise _error("brackets are nested too deeply for a tariff") from None


def _refuse_constant(name):
    raise _error(f"{name} is no number: write the amount with its digits")


def _unique_keys(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise _error(f"the key {name!r} stands twice in an object: remove one")
    return found


def _error(text):
    return DocumentError([Problem("", text)])
