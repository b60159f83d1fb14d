# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Choices that several models of the rating stage offer."""

DIRECTIONS = [("outgoing", "Outgoing"), ("incoming", "Incoming")]
#: Whether the other number of an event is served by the company at that instant.
NETWORKS = [("any", "Any"), ("on_net", "Own network"), ("off_net", "Other networks")]
