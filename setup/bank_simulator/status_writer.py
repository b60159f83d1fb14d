# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write pain.002: what the bank says to an order, in versions .03 and .10."""

from lxml import etree

from .camt_writer import NAMESPACE, add


def write(message_id, order_id, message_name, created_at, group=None, batches=()):
    """Return the bytes of an answer.

    :param str order_id: message identification of the order
    :param str message_name: such as pain.008.001.08
    :param dict group: ``status``, and ``reason`` and ``text`` if it is rejected
    :param batches: dictionaries as ``group`` with ``id`` and ``transactions``, each a
        dictionary as ``group`` with ``end_to_end_id``, ``amount``, ``bank_reference``
    """
    version = "10" if message_name.endswith((".08", ".09")) else "03"
    namespace = f"{NAMESPACE}pain.002.001.{version}"
    root = etree.Element(f"{{{namespace}}}Document", nsmap={None: namespace})
    report = add(root, "CstmrPmtStsRpt")
    header = add(report, "GrpHdr")
    add(header, "MsgId", message_id)
    add(header, "CreDtTm", created_at)
    original = add(report, "OrgnlGrpInfAndSts")
    add(original, "OrgnlMsgId", order_id)
    add(original, "OrgnlMsgNmId", message_name)
    if group:
        _status(original, "GrpSts", group)
    for batch in batches:
        _batch(report, batch)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _batch(report, batch):
    element = add(report, "OrgnlPmtInfAndSts")
    add(element, "OrgnlPmtInfId", batch["id"])
    if batch.get("status"):
        _status(element, "PmtInfSts", batch)
    for transaction in batch.get("transactions", ()):
        part = add(element, "TxInfAndSts")
        add(part, "StsId", transaction["bank_reference"])
        add(part, "OrgnlEndToEndId", transaction["end_to_end_id"])
        _status(part, "TxSts", transaction)
        amount = f"{transaction['amount']:.2f}"
        add(part, "OrgnlTxRef/Amt/InstdAmt", amount, Ccy="EUR")


def _status(element, tag, told):
    add(element, tag, told["status"])
    if told.get("reason"):
        info = add(element, "StsRsnInf")
        add(info, "Rsn/Cd", told["reason"])
        if told.get("text"):
            add(info, "AddtlInf", told["text"])
