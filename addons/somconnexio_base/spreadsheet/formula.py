# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Texts that a spreadsheet would take for a formula.

Which ones: https://owasp.org/www-community/attacks/CSV_Injection
"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_formula_like(text):
    """Tell whether a spreadsheet would take a text for a formula."""
    return text.startswith(FORMULA_STARTS)


def disarmed(text):
    """Return a text that no spreadsheet takes for a formula.

    >>> disarmed("=1+1"), disarmed("34612")
    ("'=1+1", '34612')
    """
    return f"'{text}" if is_formula_like(text) else text


def rearmed(text):
    """Return the text that was disarmed.

    >>> rearmed("'=1+1"), rearmed("'s-Gravenhage")
    ('=1+1', "'s-Gravenhage")
    """
    return text[1:] if text[:1] == "'" and is_formula_like(text[1:]) else text
