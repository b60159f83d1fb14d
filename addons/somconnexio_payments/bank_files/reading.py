# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The one way in: bytes of a bank -> its kind and its checked facts."""

from . import balances, camt, norma43, pain_002
from .recognise import CAMT, NORMA43, PAIN_002, recognise

_READERS = {CAMT: camt.read, NORMA43: norma43.read, PAIN_002: pain_002.read}


def read_file(file):
    """Return what a plain file is, and an iterator of what it tells.

    The sums of a statement are compared when its last entry has been given: nothing may
    be done for good before the iterator has ended.

    :param file: one of ``opening.opened_files``
    :return: (``recognise.Kind``, iterator of ``records``)
    :raise FileError: now or while iterating
    """
    kind = recognise(file)
    items = _READERS[kind.reader](file, kind)
    if kind.reader != PAIN_002:
        items = balances.checked(items)
    return kind, items
