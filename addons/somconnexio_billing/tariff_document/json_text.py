# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read JSON without floats, and without keys that stand twice."""

import json
from decimal import Decimal

from .errors import DocumentError, Problem
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

#: A price list of 50,000 rates has some 20 million characters.
LONGEST_TEXT = 64 * 1024 * 1024


def read_json(text):
    """Return JSON text as dicts, lists, texts, booleans, ints and Decimals.

    :raise DocumentError: with line and column, when it is no JSON
    """
    if len(text) > LONGEST_TEXT:
        size = LONGEST_TEXT // 1024**2
        raise _error(_("has more than %(size)s MiB: split the tariff", size=size))
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique_keys,
        )
    except json.JSONDecodeError as error:
        text = _(
            "no JSON: %(problem)s at line %(line)s, column %(column)s; correct the"
            " file",
            problem=error.msg,
            line=error.lineno,
            column=error.colno,
        )
        raise _error(text) from None
    except RecursionError:
        raise _error(_("brackets are nested too deeply for a tariff")) from None


def _refuse_constant(name):
    text = _("%(name)s is no number: write the amount with its digits", name=name)
    raise _error(text)


def _unique_keys(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        name = next(name for name in names if names.count(name) > 1)
        text = _("the key %(name)r stands twice in an object: remove one", name=name)
        raise _error(text)
    return found


def _error(text):
    return DocumentError([Problem("", text)])
