# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Choices that several models of the rating stage offer."""

DIRECTIONS = [("outgoing", "Outgoing"), ("incoming", "Incoming")]
