# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which state of a refund may follow which."""

#: What came back from the bank is looked at again from the beginning: its IBAN was
#: wrong more often than not.
REFUND = {
    "draft": ("approved", "cancelled"),
    "approved": ("draft", "ordered", "cancelled"),
    "ordered": ("approved", "sent"),
    "sent": ("paid", "failed"),
    "paid": ("failed",),
    "failed": ("draft", "cancelled"),
    "cancelled": (),
}
