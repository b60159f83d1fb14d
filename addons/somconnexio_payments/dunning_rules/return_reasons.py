# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a bank's reason for returning a debit means for the ladder.

Codes of ISO 20022's external code set, as EPC's SDD rulebook uses them. Banks send the
older Spanish ones too; those are not told apart.

>>> class_of("AM04"), class_of("md06"), class_of("XX99"), class_of(None)
('funds', 'refund', 'other', 'other')
"""

#: Class -> label for people.
CLASSES = (
    ("funds", "No funds"),
    ("account", "Account closed or wrong"),
    ("mandate", "Mandate missing or refused"),
    ("refund", "Refund asked for by the debtor"),
    ("deceased", "Debtor or holder deceased"),
    ("other", "Other or unspecified"),
)
_CLASS_BY_CODE = {
    "AM04": "funds",
    "AC01": "account",
    "AC04": "account",
    "AC06": "account",
    "AC13": "account",
    "AG01": "account",
    "BE05": "mandate",
    "FF05": "mandate",
    "MD01": "mandate",
    "MD02": "mandate",
    "SL01": "mandate",
    "MD06": "refund",
    "MS02": "refund",
    "MD07": "deceased",
}


def class_of(code):
    """Return the class of a reason code; ``other`` for what is not known.

    :param code: such as ``AM04``, in any case, or nothing
    """
    return _CLASS_BY_CODE.get((code or "").strip().upper(), "other")
