# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Numbers and SIM cards by the hundred: ranges and sheets. Knows nothing of Odoo."""

from . import number_range, sim_sheet
