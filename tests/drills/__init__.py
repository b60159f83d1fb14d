# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Planted bugs: each must turn named tests red. ``make drill`` runs them all."""
