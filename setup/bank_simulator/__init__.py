# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A bank that answers over HTTP, on a date that its user sets. See ``README.md``."""
