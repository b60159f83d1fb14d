# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What operations on subscriptions think about dates and differences; no Odoo.

- ``calendar``: the day that somebody asks for, notice periods
- ``difference``: what two pictures of the same things do not have in common
"""

from . import calendar, difference
