# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A second rater, to judge the SQL by: one event after the other, in plain Python.

Written from the words of docs/rating.md alone. It shares no helper with the product,
knows no database and cares for no speed: amounts are exact fractions until they are
rounded, months and grants are walked through one by one.
"""

from .rater import rate

__all__ = ["rate"]
