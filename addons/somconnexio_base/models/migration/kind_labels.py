# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people call the kinds of row."""

from ...takeover.kinds import KINDS

LABELS = {
    "partner": "Customers and addresses",
    "membership": "Memberships",
    "billing_account": "Billing accounts",
    "mandate": "Mandates",
    "subscription": "Subscriptions",
    "line": "Tariffs and other lines",
    "resource": "Numbers and lines",
    "assignment": "Assignments",
    "bill": "Earlier bills",
}
#: For Selection fields; Odoo translates the labels where the field is defined.
kind_selection = [(name, LABELS[name]) for name in KINDS]
