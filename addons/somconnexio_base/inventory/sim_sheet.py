# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rows of a sheet of numbers or SIM cards: what they may hold.

PIN and PUK after ETSI TS 102 221 §9.5: a PIN has four to eight digits, a PUK eight.

>>> code_fault("pin", "0042"), code_fault("puk", "1234")
(None, 'puk_digits')
"""

import re

#: The column of the number or card itself, by any of these names.
VALUE_COLUMNS = ("value", "iccid", "number")
SECRET_COLUMNS = ("pin", "puk", "pin2", "puk2")
OTHER_COLUMNS = ("external_ref",)
COLUMNS = (*VALUE_COLUMNS, *SECRET_COLUMNS, *OTHER_COLUMNS)
_PIN = re.compile(r"[0-9]{4,8}")
_PUK = re.compile(r"[0-9]{8}")


def value_column(rows):
    """Return the name of the column that holds the values.

    :param rows: list of (line number, dict of texts), as a table is read
    :return: str, or None when no row has one or several are used
    """
    used = {name for _line, row in rows for name in row if name in VALUE_COLUMNS}
    return used.pop() if len(used) == 1 else None


def code_fault(column, text):
    """Return what is wrong with a PIN or PUK, None when nothing is.

    :param str column: pin, puk, pin2 or puk2
    :param str text: the cell; empty is right
    """
    if not text:
        return None
    if column.startswith("pin"):
        return None if _PIN.fullmatch(text) else "pin_digits"
    return None if _PUK.fullmatch(text) else "puk_digits"
