# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people do with their lines in the month."""
