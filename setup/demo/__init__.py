# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``make demo``: a month of a cooperative, from its files to its bills, checked."""
