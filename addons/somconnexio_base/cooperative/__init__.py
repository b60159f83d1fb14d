# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rules of a cooperative's membership and share capital. Plain Python, no Odoo."""
