# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Take customers, members and subscriptions over from another system.

From the rows of that system's export to canonical values: what kinds of row there
are and in which order they can be taken, how a cell is read, what is wrong with one.
Knows nothing of Odoo.
"""
