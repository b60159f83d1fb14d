# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The cooperative before the month's usage: members, subscriptions, numbers."""
