# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Classes of the reasons for which debits come back.

Which code is of which class says the table of rules on returns; notices have words for
each class, and steps of a ladder may be for one of them.

>>> dict(CLASSES)["funds"]
'No funds'
"""

#: Class -> label for people.
CLASSES = (
    ("funds", "No funds"),
    ("account", "Account closed or wrong"),
    ("mandate", "Mandate missing or refused"),
    ("refund", "Refund asked for by the payer"),
    ("deceased", "Payer or holder deceased"),
    ("regulatory", "Data missing in our order"),
    ("technical", "Refused for a technical reason"),
    ("other", "Other or unspecified"),
)
