# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How people pay and write in a month, and what each payment is really for.

Whoever makes the payments knows the truth: so a test can count what was found without a
person, and what was found wrongly.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from .model import Movement, Part

TRANSFER = "PMNT/RCDT/ESCT"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Owed:
    """An open bill, as its payer knows it.

    :ivar str account: code of the billing account
    :ivar str partner_iban: of somebody else in the household, who owes nothing
    """

    number: str
    amount: Decimal
    account: str
    member: str = ""
    tax_id: str = ""
    name: str = ""
    iban: str = ""
    partner_iban: str = ""


@dataclass(frozen=True)
class Expected:
    """Money on its way to the bank, such as a debit's or a bank app's."""

    reference: str
    amount: Decimal


@dataclass
class Paid:
    """One payment, and the truth about it.

    :ivar str kind: how it was written, a key of ``KINDS``
    :ivar str account: whose money it is; empty for expected money
    :ivar tuple bills: numbers of the bills that it is for
    :ivar str reference: of expected money
    :ivar bool is_clear: it says enough to be placed without a person
    """

    kind: str
    movement: Movement
    account: str = ""
    bills: tuple = ()
    reference: str = ""
    is_clear: bool = True


#: Per thousand of a month's transfers: how often people pay in which way.
KINDS = {
    "bill": 700,
    "bill_by_partner": 80,
    "member": 50,
    "tax_id": 40,
    "account": 30,
    "iban": 50,
    "two_bills": 10,
    "cents_off": 10,
    "twice": 10,
    "too_much": 10,
    "mistyped": 3,
    "nothing": 4,
    "iban_other_amount": 3,
}
_BILL_TEXTS = (
    "{number}",
    "Factura {number}",
    "pago fra. {small} gracias",
    "{dashed} quota telèfon",
    "TRANSF {plain} SOM",
    "num {number}, de l'Anna 12/10 24,20€",
    "{spaced}",
    "FACTURA:{number}",
    "fra {dotted}.",
    "rebut {short} octubre",
    "factura n. {bare}",
    "Pagament {number} i gràcies per tot",
)
_MEMBER_TEXTS = (
    "soci {member}",
    "Quota soci/a núm. {member}",
    "SÒCIA Nº {member} telefon",
    "socio {member} octubre 2026",
    "numero de socia: {padded}",
)
_TAX_TEXTS = ("DNI {tax_id}", "{tax_id} quota", "NIF: {dashed}", "pago {small}")
_HOPELESS = ("quota", "gracias", "telefono octubre", "12/2026", "transferència", "")


class Month:
    """The payments of one month, the same for the same seed.

    :param int seed: of the dice
    :param date day: on which all are booked
    """

    def __init__(self, seed, day):
        self.dice = Random(seed)
        self.day = day
        self.count = 0

    def payments(self, owed, expected=(), kinds=None):
        """Return a ``Paid`` for each expected money and for all bills, shuffled.

        :param list owed: ``Owed``, no account twice but for bills to be paid together
        :param list expected: ``Expected``
        :param dict kinds: other weights than ``KINDS``
        """
        paid = [self._of_expected(one) for one in expected]
        kinds = kinds or KINDS
        bills = list(owed)
        self.dice.shuffle(bills)
        by_account = {}
        for bill in bills:
            by_account.setdefault(bill.account, []).append(bill)
        for own in by_account.values():
            paid += self._of_account(own, kinds)
        self.dice.shuffle(paid)
        return paid

    def _of_account(self, own, kinds):
        if len(own) > 1:
            return self._two_bills(own)
        (kind,) = self.dice.choices(list(kinds), list(kinds.values()))
        if kind == "two_bills":
            kind = "bill"
        return getattr(self, f"_{kind}")(own[0])

    def _of_expected(self, one):
        movement = self._movement(one.amount, f"cobro {one.reference}")
        return Paid("expected", movement, reference=one.reference)

    def _movement(self, amount, text, name="", iban=""):
        self.count += 1
        part = Part(amount, text=text, name=name, iban=iban)
        return Movement(self.day, amount, TRANSFER, f"PAY{self.count:06d}", [part])

    def _paid(self, kind, bill, text, amount=None, iban=None, **truth):
        """Return a payment by the bill's own payer, unless said otherwise."""
        amount = bill.amount if amount is None else amount
        name = truth.pop("name", bill.name)
        movement = self._movement(amount, text, name, iban or "")
        return Paid(kind, movement, bill.account, (bill.number,), **truth)

    def _written(self, bill):
        """Return the number of a bill in somebody's way."""
        return self.dice.choice(_BILL_TEXTS).format(**_forms(bill.number))

    def _bill(self, bill):
        iban = bill.iban if self.dice.random() < 0.5 else ""
        return [self._paid("bill", bill, self._written(bill), iban=iban)]

    def _bill_by_partner(self, bill):
        name = self.dice.choice(("Jordi Qualsevol", "Marta Parella Nova"))
        text = self._written(bill)
        return [
            self._paid("bill_by_partner", bill, text, iban=bill.partner_iban, name=name)
        ]

    def _member(self, bill):
        text = self.dice.choice(_MEMBER_TEXTS)
        text = text.format(member=bill.member, padded=bill.member.rjust(6, "0"))
        return [self._paid("member", bill, text)]

    def _tax_id(self, bill):
        text = self.dice.choice(_TAX_TEXTS).format(
            tax_id=bill.tax_id,
            dashed=f"{bill.tax_id[:-1]}-{bill.tax_id[-1]}",
            small=bill.tax_id.lower(),
        )
        return [self._paid("tax_id", bill, text)]

    def _account(self, bill):
        forms = (bill.account, bill.account.lower(), f"client: {bill.account} oct.")
        return [self._paid("account", bill, self.dice.choice(forms))]

    def _iban(self, bill):
        text = self.dice.choice(_HOPELESS)
        return [self._paid("iban", bill, text, iban=bill.iban)]

    def _two_bills(self, own):
        text = " i ".join(bill.number for bill in own)
        amount = sum(bill.amount for bill in own)
        paid = self._paid("two_bills", own[0], text, amount)
        paid.bills = tuple(bill.number for bill in own)
        return [paid]

    def _cents_off(self, bill):
        off = self.dice.choice((-3, -1, 1, 2)) * CENT
        text = self._written_whole(bill)
        return [self._paid("cents_off", bill, text, bill.amount + off)]

    def _twice(self, bill):
        return [
            self._paid("twice", bill, self._written_whole(bill), iban=bill.iban)
            for _time in range(2)
        ]

    def _too_much(self, bill):
        more = Decimal(self.dice.randint(1, 40))
        text = self._written_whole(bill)
        return [self._paid("too_much", bill, text, bill.amount + more)]

    def _mistyped(self, bill):
        """One digit of the number is another, which may be somebody else's bill."""
        place = len(bill.number) - 1 - self.dice.randrange(3)
        digit = str((int(bill.number[place]) + self.dice.randint(1, 8)) % 10)
        text = bill.number[:place] + digit + bill.number[place + 1 :]
        return [self._paid("mistyped", bill, text, iban=bill.iban, is_clear=False)]

    def _nothing(self, bill):
        text = self.dice.choice(_HOPELESS)
        return [self._paid("nothing", bill, text, name="", is_clear=False)]

    def _iban_other_amount(self, bill):
        paid = self._paid(
            "iban_other_amount",
            bill,
            self.dice.choice(_HOPELESS),
            bill.amount + 5,
            bill.iban,
            is_clear=False,
        )
        return [paid]

    def _written_whole(self, bill):
        """Return the number with letters and zeros, so that any amount fits it."""
        forms = (bill.number, bill.number.lower(), f"factura {bill.number}")
        return self.dice.choice(forms)


def _forms(number):
    """Return a number such as INV/2026/00017 as people write it."""
    letters, *rest = number.split("/")
    return {
        "number": number,
        "small": number.lower(),
        "dashed": number.replace("/", "-"),
        "plain": number.replace("/", ""),
        "spaced": number.replace("/", " "),
        "dotted": number.replace("/", "."),
        "short": "/".join([letters, *(part.lstrip("0") for part in rest)]),
        "bare": "/".join(rest),
    }


@dataclass
class Judgement:
    """What became of a month's payments, against the truth."""

    found: int = 0
    clear: int = 0
    clear_found: int = 0
    total: int = 0
    wrong: list = field(default_factory=list)
    waiting: dict = field(default_factory=dict)

    def add(self, paid, is_found, account, bills, reason=""):
        """Count one payment.

        :param bool is_found: it was allocated without a person
        :param str account: code of the account that got it, empty for expected money
        :param bills: what it paid: numbers of bills, or the reference expected
        """
        self.total += 1
        self.clear += paid.is_clear
        if not is_found:
            key = (paid.kind, reason)
            self.waiting[key] = self.waiting.get(key, 0) + 1
            return
        self.found += 1
        self.clear_found += paid.is_clear
        is_right = (
            bills == {paid.reference} if paid.reference else account == paid.account
        )
        if not is_right:
            self.wrong.append((paid, account, bills))

    @property
    def share(self):
        """Which part of all was found without a person."""
        return Decimal(self.found) / self.total

    @property
    def clear_share(self):
        """Which part of what said enough was found without a person."""
        return Decimal(self.clear_found) / self.clear
