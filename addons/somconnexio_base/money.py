# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Amounts that Odoo reads as float, as what is stored; no Odoo.

A column of money is numeric in the database. Odoo hands it out as the float nearest to
it; its shortest text is what is stored, as long as an amount has at most 15 digits.

>>> exact(0.1) + exact(0.2)
Decimal('0.3')
"""

from decimal import Decimal


def exact(amount):
    """Return an amount as Decimal, with the digits that it has."""
    return Decimal(str(amount))


def exact_amount(amount, currency):
    """Return an amount as text with the currency's digits.

    :param currency: res.currency, or what has ``decimal_places``
    """
    return f"{amount:.{currency.decimal_places}f}"


def exact_in(amount, currency):
    """Return an amount as Decimal with the currency's digits."""
    return Decimal(exact_amount(amount, currency))
