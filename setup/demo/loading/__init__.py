# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Load a generated world into an Odoo database. Runs inside Odoo's shell."""

from .world import load_world

__all__ = ["load_world"]
