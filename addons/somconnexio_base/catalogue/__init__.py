# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What may be sold to whom, what a pack does to its members. No Odoo."""
