# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The tables of a bill run that leave as spreadsheets: step, title, columns.

Columns stand in the order of the step's.
"""

from odoo.addons.somconnexio_base.spreadsheet import Column, Kind

TEXT, NUMBER = Kind.TEXT, Kind.NUMBER
STEPS = {
    "usage_detail": "81_export_usage_detail",
    "usage_summary": "82_export_usage_summary",
    "bill_register": "83_export_bill_register",
}


def title(env, table):
    """Return the name of a table in the user's language."""
    return {
        "usage_detail": env._("Usage"),
        "usage_summary": env._("Usage by category"),
        "bill_register": env._("Register of bills"),
    }[table]


def columns(env, table):
    """Return the columns of a table, their titles in the user's language.

    :return: tuple of ``spreadsheet.Column``
    """
    make = {
        "usage_detail": _usage_detail,
        "usage_summary": _usage_summary,
        "bill_register": _bill_register,
    }[table]
    return make(env)


def _usage_detail(env):
    return (
        Column(env._("Account")),
        Column(env._("Payer"), width=30),
        Column(env._("Subscription")),
        Column(env._("Number"), width=16),
        Column(env._("Start"), Kind.DATETIME, 19),
        Column(env._("Usage type"), width=10),
        Column(env._("Direction"), width=10),
        Column(env._("Other number"), width=18),
        Column(env._("Destination"), width=24),
        Column(env._("Visited country"), width=8),
        Column(env._("Roaming zone"), width=16),
        Column(env._("Category"), width=24),
        Column(env._("Offering"), width=28),
        Column(env._("Tariff"), width=12),
        Column(env._("Unit"), width=8),
        *_quantities(env),
        Column(env._("Amount"), NUMBER, 12, 6),
        Column(env._("Wholesale cost"), NUMBER, 12, 6),
        Column(env._("Late"), width=6),
    )


def _quantities(env):
    return (
        Column(env._("Quantity"), NUMBER, 16),
        Column(env._("Chargeable quantity"), NUMBER, 16),
        Column(env._("In allowance"), NUMBER, 16),
        Column(env._("Charged quantity"), NUMBER, 16),
    )


def _usage_summary(env):
    quantity, _chargeable, allowance, charged = _quantities(env)
    return (
        Column(env._("Offering"), width=32),
        Column(env._("Category"), width=32),
        Column(env._("Usage type"), width=12),
        Column(env._("Direction"), width=10),
        Column(env._("Unit"), width=8),
        Column(env._("Events"), NUMBER),
        Column(env._("Subscriptions"), NUMBER),
        quantity,
        allowance,
        charged,
        Column(env._("Amount"), NUMBER, 14, 6),
        Column(env._("Wholesale cost"), NUMBER, 14, 6),
        Column(env._("Margin"), NUMBER, 14, 6),
    )


def _bill_register(env):
    return (
        Column(env._("Bill"), width=18),
        Column(env._("Bill date"), Kind.DATE, 11),
        Column(env._("Operation date"), Kind.DATE, 11),
        Column(env._("Kind (F: bill, R: corrective)"), width=8),
        Column(env._("Corrects bill"), width=18),
        Column(env._("Account")),
        Column(env._("Payer"), width=36),
        Column(env._("Tax ID"), width=14),
        Column(env._("Country"), width=8),
        Column(env._("Tax"), width=16),
        Column(env._("Rate (%)"), NUMBER, 9, 2),
        Column(env._("Taxable base"), NUMBER, 13, 2),
        Column(env._("Tax amount"), NUMBER, 13, 2),
        Column(env._("Total of the bill"), NUMBER, 13, 2),
    )
