# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A month of a telecom cooperative, made up from a seed: its world and its usage.

``world/`` makes the members, accounts, subscriptions and numbers; ``usage/`` makes
what they did with them; ``providers/`` writes that as three providers would; and
``defects.py`` spoils it as real months are spoilt. What each line must become is
written beside it (``truth.csv.gz``), so that a billing system can be checked.

The same seed and size give the same bytes. Nothing here knows Odoo.
"""
