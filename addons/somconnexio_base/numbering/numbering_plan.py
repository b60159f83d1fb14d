# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Spanish numbering plan: what kind of range a national number lies in.

The ranges are data: ``es_numbering_plan.csv``, whose first line names source and
date. The longest prefix wins.

>>> range_type("612345678"), range_type("931234567"), range_type("900123456")
('mobile', 'fixed', 'free')
>>> range_type("412345678") is None
True
"""

import csv
from functools import cache
from pathlib import Path

PLAN_PATH = Path(__file__).with_name("es_numbering_plan.csv")


@cache
def load_plan():
    """Return the plan as ``{prefix: (range_type, national_length)}``."""
    with PLAN_PATH.open(encoding="utf-8", newline="") as plan_file:
        next(plan_file)  # source and date
        return {
            row["prefix"]: (row["range_type"], int(row["national_length"]))
            for row in csv.DictReader(plan_file)
        }


def range_type(national_number):
    """Classify a Spanish national number.

    :param str national_number: digits without the country code
    :return: str such as mobile, fixed, free, premium; None when the plan has no
        range for it or the length is wrong
    """
    plan = load_plan()
    for length in range(len(national_number), 0, -1):
        if found := plan.get(national_number[:length]):
            kind, national_length = found
            return kind if len(national_number) == national_length else None
    return None
