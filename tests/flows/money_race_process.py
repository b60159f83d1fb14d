# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""For `odoo shell`: let money race in this database, and say how it ended."""

import os

from freezegun import freeze_time
from money_walk.race import race
from money_walk.walker import FIRST_DAY

from odoo.tests.common import BaseCase

# Odoo gives these to classes below `odoo.addons` only.
BaseCase.test_tags, BaseCase.test_module = {"standard"}, "flows"

with freeze_time(FIRST_DAY) as clock:
    repeats = race(env, clock, int(os.environ["MONEY_SEED"]))  # noqa: F821
print(f"the books add up; begun anew: {repeats}")
