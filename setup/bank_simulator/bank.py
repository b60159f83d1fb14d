# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bank itself: orders come in, days pass, files go out; one seed, one bank.

Nothing here knows of HTTP; ``server`` lets others reach it.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from . import camt_writer, norma43_writer, status_writer
from .model import Day, Movement, Part
from .orders import Refused, read_order

#: Codes with which debits come back, and how often of a hundred.
RETURN_CODES = {"AM04": 55, "MD06": 15, "MS02": 12, "AC04": 8, "MD01": 6, "AC06": 4}
_TRANSFER, _SENT = "PMNT/RCDT/ESCT", "PMNT/ICDT/ESCT"
_COLLECTION, _RETURN = "PMNT/RDDT/ESDD", "PMNT/RDDT/UPDD"


class Settings:
    """How the bank behaves; each name can be set over HTTP.

    :ivar float reject_share: of debits that are rejected at once, by pain.002
    :ivar float return_share: of settled debits that come back
    :ivar int return_days: after how many days they do
    :ivar str statement: format of the day's statement: camt.053 or norma43
    :ivar bool notifies: a camt.054 tells of returns on their day
    """

    def __init__(self):
        self.reject_share = 0.0
        self.return_share = 0.03
        self.return_days = 2
        self.return_codes = dict(RETURN_CODES)
        self.statement = "camt.053"
        self.version = "08"
        self.notifies = True

    def change(self, values):
        """Set some of the names.

        :raise KeyError: for an unknown name
        """
        for name, value in values.items():
            if name not in vars(self):
                raise KeyError(name)
            setattr(self, name, value)


class Bank:
    """One bank with accounts that each have a balance.

    :param today: date on which it opens
    :param seed: of all that is left to chance
    """

    def __init__(self, today, seed=1):
        self.today = today
        self.chance = Random(seed)
        self.settings = Settings()
        self.balances = defaultdict(Decimal)
        self.planned = defaultdict(list)
        self.orders = {}
        self.files = []
        self.truth = []
        self._numbers = Counter()

    def number(self, kind):
        """Return the next number of a kind."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    def take_order(self, content):
        """Take a pain.008 or pain.001; the answer is a new pain.002 among the files.

        :param bytes content: of the order
        :return: dictionary: ``message_id``, ``status``, ``rejected``
        """
        try:
            order = self._read_new(content)
        except Refused as refused:
            return self._refuse(refused)
        self.orders[order.message_id] = order
        rejected = self._plan(order)
        status = "PART" if rejected else "ACCP"
        return {
            "message_id": order.message_id,
            "status": status,
            "rejected": len(rejected),
        }

    def _read_new(self, content):
        """Return an order that was not sent before.

        :raise Refused: saying why it is not taken
        """
        order = read_order(content)
        if order.message_id in self.orders:
            text = "this message was sent before"
            raise Refused("AM05", text, order.message_id, order.message_name)
        return order

    def _refuse(self, refused):
        """Answer that an order is not taken as a whole; return the same."""
        answer = {"status": "RJCT", "reason": refused.reason}
        self._answer(
            refused.message_id, refused.name, answer | {"text": refused.text[:105]}
        )
        return {"message_id": refused.message_id, **answer, "text": refused.text}

    def _plan(self, order):
        """Reject some debits, plan the day of the others; return the rejected."""
        rejected, batches = [], []
        for batch in order.batches:
            out, kept = [], []
            for debit in batch.debits:
                is_out = order.is_debit and self._happens(self.settings.reject_share)
                (out if is_out else kept).append(debit)
            rejected += out
            batches.append(self._batch_answer(batch, out))
            day = max(batch.day, self.today)
            if kept:
                self.planned[day].append(("settle", order, batch, kept))
        self._answer(
            order.message_id,
            order.message_name,
            {"status": "PART" if rejected else "ACCP"},
            batches,
        )
        return rejected

    def _batch_answer(self, batch, rejected):
        transactions = []
        for debit in rejected:
            code = self._code()
            self._tell("rejected", debit, code)
            transactions.append(
                {
                    "status": "RJCT",
                    "reason": code,
                    "end_to_end_id": debit.end_to_end_id,
                    "amount": debit.amount,
                    "bank_reference": f"STS{self.number('status'):08d}",
                }
            )
        return {
            "id": batch.payment_info_id,
            "status": "PART" if rejected else "ACCP",
            "transactions": transactions,
        }

    def _answer(self, order_id, name, group, batches=()):
        number = self.number("answer")
        content = status_writer.write(
            f"PSR{number:08d}",
            order_id,
            name,
            f"{self.today}T12:00:00",
            group,
            batches,
        )
        self._publish(f"pain002_{number:05d}.xml", content)

    def _publish(self, name, content):
        self.files.append({"name": name, "day": self.today, "content": content})

    def _happens(self, share):
        return self.chance.random() < share

    def _code(self):
        codes = self.settings.return_codes
        return self.chance.choices(list(codes), list(codes.values()))[0]

    def _tell(self, what, debit, code=""):
        """Remember what really happened, for tests to compare with."""
        self.truth.append(
            {
                "what": what,
                "end_to_end_id": debit.end_to_end_id,
                "amount": str(debit.amount),
                "code": code,
            }
        )

    def plan_transfer(self, iban, day, amount, text="", name="", payer_iban=""):
        """Let somebody pay into an account on a day to come."""
        part = Part(Decimal(amount), name=name, iban=payer_iban, text=text)
        self.planned[day].append(("transfer", iban, part))

    def advance(self, to_day):
        """Let days pass until one has ended; each leaves its statements.

        :param date to_day: the last day that passes
        """
        while self.today <= to_day:
            self._pass_day()
            self.today += timedelta(days=1)

    def _pass_day(self):
        movements = defaultdict(list)
        for plan in self.planned.pop(self.today, ()):
            getattr(self, f"_do_{plan[0]}")(movements, *plan[1:])
        for iban, some in sorted(movements.items()):
            self._statement(iban, some)

    def _do_settle(self, movements, order, batch, debits):
        if not order.is_debit:
            for debit in debits:
                part = Part(-debit.amount, debit.end_to_end_id, name=debit.name)
                movements[batch.iban].append(self._movement(_SENT, [part]))
            return
        total = sum((debit.amount for debit in debits), Decimal(0))
        movement = self._movement(_COLLECTION, [], total)
        movement.message_id = order.message_id
        movement.payment_info_id = batch.payment_info_id
        movements[batch.iban].append(movement)
        for debit in debits:
            self._tell("settled", debit)
            if self._happens(self.settings.return_share):
                day = self.today + timedelta(days=self.settings.return_days)
                self.planned[day].append(("return", batch, debit, self._code()))

    def _do_return(self, movements, batch, debit, code):
        self._tell("returned", debit, code)
        part = Part(
            -debit.amount,
            debit.end_to_end_id,
            mandate_id=debit.mandate_id,
            name=debit.name,
            iban=debit.iban,
            reason=code,
        )
        movements[batch.iban].append(self._movement(_RETURN, [part]))

    def _do_transfer(self, movements, iban, part):
        movements[iban].append(self._movement(_TRANSFER, [part]))

    def _movement(self, code, parts, amount=None):
        total = sum((part.amount for part in parts), Decimal(0))
        return Movement(
            self.today,
            total if amount is None else amount,
            code,
            f"{self.number('entry'):010d}",
            parts,
        )

    def _statement(self, iban, movements):
        number = self.number(iban)
        day = Day(iban, number, self.today, self.balances[iban], movements)
        self.balances[iban] = day.closing
        name = f"{self.today:%Y%m%d}_{iban[-4:]}"
        returns = [m for m in movements if m.code == _RETURN]
        version = self.settings.version
        if returns and self.settings.notifies:
            told = Day(iban, number, self.today, Decimal(0), returns)
            content = camt_writer.write(f"NTF{name}", [told], "camt.054", version)
            self._publish(f"camt054_{name}.xml", content)
        if self.settings.statement == "norma43":
            self._publish(f"n43_{name}.txt", norma43_writer.write([day]))
        else:
            content = camt_writer.write(f"STM{name}", [day], "camt.053", version)
            self._publish(f"camt053_{name}.xml", content)


def day_of(text):
    """Return a date of ISO text."""
    return date.fromisoformat(text)
