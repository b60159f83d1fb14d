# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write camt.052, camt.053 and camt.054 in versions .02, .04 and .08."""

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
_CONTAINERS = {
    "camt.052": ("BkToCstmrAcctRpt", "Rpt"),
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def write(message_id, days, message="camt.053", version="08", with_parts=True):
    """Return the bytes of a message.

    :param str message_id: identification of the file, of at most 35 signs
    :param list days: of ``model.Day``; one statement each
    :param str message: camt.052, camt.053 or camt.054
    :param str version: 02, 04 or 08
    :param bool with_parts: tell the transactions of a movement, or only its sum
    """
    return _Writer(message, version, with_parts).document(message_id, days)


def add(parent, path, text=None, **attributes):
    """Add elements down a path of names; return the last."""
    space = parent.tag[: parent.tag.index("}") + 1]
    for name in path.split("/"):
        parent = etree.SubElement(parent, space + name)
    if text is not None:
        parent.text = str(text)
    for name, value in attributes.items():
        parent.set(name, value)
    return parent


class _Writer:
    def __init__(self, message, version, with_parts):
        self.message = message
        self.version = version
        self.with_parts = with_parts
        self.container, self.tag = _CONTAINERS[message]

    def document(self, message_id, days):
        namespace = f"{NAMESPACE}{self.message}.001.{self.version}"
        root = etree.Element(f"{{{namespace}}}Document", nsmap={None: namespace})
        container = add(root, self.container)
        header = add(container, "GrpHdr")
        add(header, "MsgId", message_id)
        created_at = f"{max(day.day for day in days)}T23:10:00"
        add(header, "CreDtTm", created_at)
        for day in days:
            self._statement(container, day, created_at)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    def _statement(self, container, day, created_at):
        statement = add(container, self.tag)
        add(statement, "Id", f"{day.iban[-10:]}-{day.number}")
        add(statement, "ElctrncSeqNb", day.number)
        add(statement, "CreDtTm", created_at)
        period = add(statement, "FrToDt")
        add(period, "FrDtTm", f"{day.day}T00:00:00")
        add(period, "ToDtTm", f"{day.day}T23:59:59")
        account = add(statement, "Acct")
        add(account, "Id/IBAN", day.iban)
        add(account, "Ccy", day.currency)
        if self.message != "camt.054":
            self._balance(statement, "OPBD", day.opening, day)
            self._balance(statement, "CLBD", day.closing, day)
        self._summary(statement, day.movements)
        for movement in day.movements:
            self._entry(statement, movement)

    def _balance(self, statement, kind, amount, day):
        balance = add(statement, "Bal")
        add(balance, "Tp/CdOrPrtry/Cd", kind)
        add(balance, "Amt", f"{abs(amount):.2f}", Ccy=day.currency)
        add(balance, "CdtDbtInd", _side(amount))
        add(balance, "Dt/Dt", day.day)

    @staticmethod
    def _summary(statement, movements):
        summary = add(statement, "TxsSummry")
        for tag, chosen in (
            ("TtlNtries", movements),
            ("TtlCdtNtries", [m for m in movements if m.amount >= 0]),
            ("TtlDbtNtries", [m for m in movements if m.amount < 0]),
        ):
            total = add(summary, tag)
            add(total, "NbOfNtries", len(chosen))
            add(total, "Sum", f"{sum(abs(m.amount) for m in chosen):.2f}")

    def _entry(self, statement, movement):
        entry = add(statement, "Ntry")
        add(entry, "Amt", f"{abs(movement.amount):.2f}", Ccy=movement.currency)
        add(entry, "CdtDbtInd", _side(movement.amount))
        if movement.is_reversal:
            add(entry, "RvslInd", "true")
        add(entry, "Sts/Cd" if self.version == "08" else "Sts", "BOOK")
        add(entry, "BookgDt/Dt", movement.day)
        add(entry, "ValDt/Dt", movement.day)
        add(entry, "AcctSvcrRef", movement.bank_reference)
        domain, family, subfamily = movement.code.split("/")
        code = add(entry, "BkTxCd/Domn")
        add(code, "Cd", domain)
        inner = add(code, "Fmly")
        add(inner, "Cd", family)
        add(inner, "SubFmlyCd", subfamily)
        self._details(entry, movement)

    def _details(self, entry, movement):
        is_batch = movement.message_id or movement.payment_info_id
        if not is_batch and not (self.with_parts and movement.parts):
            return
        details = add(entry, "NtryDtls")
        if is_batch:
            batch = add(details, "Btch")
            if movement.message_id:
                add(batch, "MsgId", movement.message_id)
            if movement.payment_info_id:
                add(batch, "PmtInfId", movement.payment_info_id)
            if movement.parts:
                add(batch, "NbOfTxs", len(movement.parts))
        if self.with_parts:
            for part in movement.parts:
                self._part(details, part, movement)

    def _part(self, details, part, movement):
        element = add(details, "TxDtls")
        refs = [
            ("MsgId", part.message_id),
            ("AcctSvcrRef", part.bank_reference),
            ("PmtInfId", part.payment_info_id),
            ("EndToEndId", part.end_to_end_id or "NOTPROVIDED"),
            ("MndtId", part.mandate_id),
        ]
        block = add(element, "Refs")
        for tag, value in refs:
            if value:
                add(block, tag, value)
        amount = f"{abs(part.amount):.2f}"
        if self.version == "02":
            add(element, "AmtDtls/TxAmt/Amt", amount, Ccy=movement.currency)
        else:
            add(element, "Amt", amount, Ccy=movement.currency)
            add(element, "CdtDbtInd", _side(part.amount))
        self._party(element, part)
        self._remittance(element, part)
        if part.reason:
            info = add(element, "RtrInf")
            add(info, "Rsn/Cd", part.reason)
            if part.reason_text:
                add(info, "AddtlInf", part.reason_text)

    def _party(self, element, part):
        if not part.name and not part.iban:
            return
        side = "Dbtr" if part.amount >= 0 else "Cdtr"
        parties = add(element, "RltdPties")
        if part.name:
            inner = "/Pty" if self.version == "08" else ""
            add(parties, f"{side}{inner}/Nm", part.name)
        if part.iban:
            add(parties, f"{side}Acct/Id/IBAN", part.iban)

    @staticmethod
    def _remittance(element, part):
        if not part.text and not part.structured:
            return
        remittance = add(element, "RmtInf")
        if part.text:
            add(remittance, "Ustrd", part.text)
        if part.structured:
            add(remittance, "Strd/CdtrRefInf/Ref", part.structured)


def _side(amount):
    return "DBIT" if amount < 0 else "CRDT"
