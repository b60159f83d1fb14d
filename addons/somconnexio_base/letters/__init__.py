# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Letters on paper, without Odoo: drawn for window envelopes."""
