# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``make bench``: time, memory and rate of each step of a month. Nothing asserts."""
