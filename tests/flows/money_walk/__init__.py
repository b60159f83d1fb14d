# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Random walks over money: real operations, and after each of them the books add up."""
