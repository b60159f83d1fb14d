# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write Norma 43: one account per day, lines of 80 characters, Latin-1."""

from decimal import Decimal

_WIDTH = 80
_EURO = "978"
_TEXT = 38
_TEXTS = 10


def write(days):
    """Return the bytes of a file.

    :param days: of ``model.Day``; Spanish accounts in euros
    """
    lines = []
    for day in days:
        lines += _account(day)
    lines.append(f"88{'9' * 18}{len(lines):06d}")
    return "".join(f"{line:<{_WIDTH}}\r\n" for line in lines).encode("iso-8859-1")


def _account(day):
    account = day.iban[4:12] + day.iban[14:]
    on = f"{day.day:%y%m%d}"
    yield f"11{account}{on}{on}{_signed(day.opening)}{_EURO}3COOPERATIVE"
    for movement in day.movements:
        yield from _movement(movement, on)
    debits = [m.amount for m in day.movements if m.amount < 0]
    credits = [m.amount for m in day.movements if m.amount >= 0]
    yield (
        f"33{account}{len(debits):05d}{_cents(sum(debits, Decimal(0)))}"
        f"{len(credits):05d}{_cents(sum(credits, Decimal(0)))}"
        f"{_signed(day.closing)}{_EURO}"
    )


def _movement(movement, on):
    concept = "14" if any(part.reason for part in movement.parts) else "02"
    reference = movement.bank_reference[-10:].rjust(10, "0")
    yield (
        f"22    0001{on}{on}{concept}000{_signed(movement.amount)}"
        f"{reference}{'0' * 12}{'':16}"
    )
    words = _words(movement)
    for place in range(0, min(len(words), _TEXTS), 2):
        pair = (words[place : place + 2] + [""])[:2]
        yield f"23{place // 2 + 1:02d}{pair[0]:<{_TEXT}}{pair[1]:<{_TEXT}}"


def _words(movement):
    """Return what is told of a movement, cut into pieces of 38 characters."""
    if movement.message_id:
        return [movement.message_id, movement.payment_info_id][:_TEXTS]
    words = []
    for part in movement.parts[:2]:
        for text in (part.name, part.text, part.end_to_end_id, part.reason):
            clean = text.encode("iso-8859-1", "replace").decode("iso-8859-1")
            words += [clean[at : at + _TEXT] for at in range(0, len(clean), _TEXT)]
    return words


def _signed(amount):
    return f"{1 if amount < 0 else 2}{_cents(amount)}"


def _cents(amount):
    return f"{int(abs(amount).scaleb(2)):014d}"
