# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rating in words: units and explanations of prices. Pure Python, no Odoo.

Prices are computed by the steps 31 to 49 of ``sql/``; nothing here computes one.
"""
