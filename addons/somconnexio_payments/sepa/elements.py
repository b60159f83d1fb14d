# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The parts of a payment message that pain.001 and pain.008 have in common.

Each function returns an element without a namespace of its own: it takes that of the
message it is written into.
"""

from lxml import etree

from .charset import clean

NAME_LENGTH = 70
NOT_PROVIDED = "NOTPROVIDED"
SEPA = "SEPA"


def node(tag, *children):
    """Return an element with a text or with elements; None among them is left out."""
    element = etree.Element(tag)
    for child in children:
        if isinstance(child, str):
            element.text = child
        elif child is not None:
            element.append(child)
    return element


def amount_text(amount):
    """Return a Decimal as files write it: two decimals, no exponent."""
    return f"{amount:.2f}"


def party(tag, account):
    """Return name and structured address of an Account's owner."""
    name = node("Nm", clean(account.name, NAME_LENGTH))
    return node(tag, name, postal_address(account.address))


def postal_address(address):
    """Return a structured address in the order of the schemas, None without one."""
    if address is None:
        return None
    parts = (
        ("StrtNm", address.street),
        ("BldgNb", address.building),
        ("PstCd", address.postal_code),
        ("TwnNm", address.town),
        ("Ctry", address.country),
    )
    return node("PstlAdr", *(node(tag, text) for tag, text in parts if text))


def account_number(tag, iban):
    """Return an account by its IBAN."""
    return node(tag, node("Id", node("IBAN", iban)))


def agent(tag, bic, bic_tag):
    """Return a bank by its BIC, or say that it is not told.

    :param str bic_tag: BIC in messages of 2009, BICFI since
    """
    if bic:
        return node(tag, node("FinInstnId", node(bic_tag, bic)))
    return node(tag, node("FinInstnId", node("Othr", node("Id", NOT_PROVIDED))))


def scheme_id(tag, identifier, name=""):
    """Return a creditor by its identifier of the SEPA scheme."""
    other = node("Othr", node("Id", identifier), node("SchmeNm", node("Prtry", SEPA)))
    named = node("Nm", clean(name, NAME_LENGTH)) if name else None
    inner = node("Id", node("PrvtId", other)) if identifier else None
    return node(tag, named, inner)


def group_header(header):
    """Return the header of a message: its name, instant, count and sum."""
    initiator = node("InitgPty", node("Nm", clean(header.initiator_name, NAME_LENGTH)))
    if header.initiator_id:
        other = node("Othr", node("Id", header.initiator_id))
        initiator.append(node("Id", node("OrgId", other)))
    return node(
        "GrpHdr",
        node("MsgId", header.message_id),
        node("CreDtTm", header.created_at),
        node("NbOfTxs", str(header.count)),
        node("CtrlSum", amount_text(header.total)),
        initiator,
    )
