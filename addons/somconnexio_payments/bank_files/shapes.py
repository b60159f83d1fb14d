# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Which elements ISO 20022 lets stand where, for all that is read.

One line per kind of element: its children in their order, ``?`` for one at most, ``*``
for any number, ``+`` for one or more, nothing for exactly one. The line is the union of
the versions in ``recognise.VERSIONS`` (source: the message definitions camt.052, .053,
.054 and pain.002). What has no line of its own is not read and may hold anything.
"""

from collections import Counter
from dataclasses import dataclass

from odoo.addons.somconnexio_base.file_reading.errors import FileError

_STATEMENT = (
    "Id StmtPgntn? NtfctnPgntn? RptPgntn? ElctrncSeqNb? RptgSeq? LglSeqNb? CreDtTm? "
    "FrToDt? CpyDplctInd? RptgSrc? Acct RltdAcct? Intrst* "
)
_AMOUNT_DETAILS = "InstdAmt? TxAmt? CntrValAmt? AnncdPstngAmt? PrtryAmt*"
_TEXTS = {
    "GrpHdr": "MsgId CreDtTm MsgRcpt? MsgPgntn? OrgnlBizQry? AddtlInf? InitgPty? "
    "FwdgAgt? DbtrAgt? CdtrAgt?",
    "MsgPgntn": "PgNb LastPgInd",
    "Stmt": _STATEMENT + "Bal+ TxsSummry? Ntry* AddtlStmtInf?",
    "Rpt": _STATEMENT + "Bal* TxsSummry? Ntry* AddtlRptInf?",
    "Ntfctn": _STATEMENT + "TxsSummry? Ntry* AddtlNtfctnInf?",
    "FrToDt": "FrDtTm ToDtTm",
    "Acct": "Id Tp? Ccy? Nm? Prxy? Ownr? Svcr?",
    "Bal": "Tp CdtLine* Amt CdtDbtInd Dt Avlbty*",
    "TxsSummry": "TtlNtries? TtlCdtNtries? TtlDbtNtries? TtlNtriesPerBkTxCd*",
    "TtlNtries": "NbOfNtries? Sum? TtlNetNtryAmt? TtlNetNtry? CdtDbtInd?",
    "TtlCdtNtries": "NbOfNtries? Sum?",
    "TtlDbtNtries": "NbOfNtries? Sum?",
    "Ntry": "NtryRef? Amt CdtDbtInd RvslInd? Sts BookgDt? ValDt? AcctSvcrRef? Avlbty* "
    "BkTxCd ComssnWvrInd? AddtlInfInd? AmtDtls? Chrgs* TechInptChanl? Intrst* CardTx? "
    "NtryDtls* AddtlNtryInf?",
    "BkTxCd": "Domn? Prtry?",
    "Domn": "Cd Fmly",
    "Fmly": "Cd SubFmlyCd",
    "NtryDtls": "Btch? TxDtls*",
    "Btch": "MsgId? PmtInfId? NbOfTxs? TtlAmt? CdtDbtInd?",
    "TxDtls": "Refs? Amt? CdtDbtInd? AmtDtls? Avlbty* BkTxCd? Chrgs* Intrst* "
    "RltdPties? RltdAgts? LclInstrm? Purp? RltdRmtInf* RmtInf? RltdDts? RltdPric? "
    "RltdQties* FinInstrmId? Tax? RtrInf? CorpActn? SfkpgAcct? CshDpst* CardTx? "
    "AddtlTxInf? SplmtryData*",
    "Refs": "MsgId? AcctSvcrRef? PmtInfId? InstrId? EndToEndId? UETR? TxId? MndtId? "
    "ChqNb? ClrSysRef? AcctOwnrTxId? AcctSvcrTxId? MktInfrstrctrTxId? PrcgId? Prtry*",
    "AmtDtls": _AMOUNT_DETAILS,
    "RltdPties": "InitgPty? Dbtr? DbtrAcct? UltmtDbtr? Cdtr? CdtrAcct? UltmtCdtr? "
    "TradgPty? Prtry*",
    "RmtInf": "Ustrd* Strd*",
    "Strd": "RfrdDocInf* RfrdDocAmt? CdtrRefInf? Invcr? Invcee? TaxRmt? GrnshmtRmt? "
    "AddtlRmtInf*",
    "CdtrRefInf": "Tp? Ref?",
    "RtrInf": "OrgnlBkTxCd? Orgtr? Rsn? AddtlInf*",
    "Rsn": "Cd? Prtry?",
    "StsRsnInf": "Orgtr? Rsn? AddtlInf*",
    "OrgnlGrpInfAndSts": "OrgnlMsgId OrgnlMsgNmId OrgnlCreDtTm? OrgnlNbOfTxs? "
    "OrgnlCtrlSum? GrpSts? StsRsnInf* NbOfTxsPerSts*",
    "OrgnlPmtInfAndSts": "OrgnlPmtInfId OrgnlNbOfTxs? OrgnlCtrlSum? PmtInfSts? "
    "StsRsnInf* NbOfTxsPerSts* TxInfAndSts*",
    "TxInfAndSts": "StsId? OrgnlInstrId? OrgnlEndToEndId? OrgnlUETR? TxSts? StsRsnInf* "
    "ChrgsInf* TrckrData? AccptncDtTm? AcctSvcrRef? ClrSysRef? OrgnlTxRef? "
    "SplmtryData*",
}


@dataclass(frozen=True)
class Shape:
    """The children that one kind of element may and must have.

    :ivar dict places: child -> its place in the order
    :ivar frozenset repeatable: children that may come more than once
    :ivar tuple required: children that must be there
    """

    places: dict
    repeatable: frozenset
    required: tuple

    @classmethod
    def of(cls, text):
        """Read one line of the table."""
        words = text.split()
        names = [word.rstrip("?*+") for word in words]
        return cls(
            {name: place for place, name in enumerate(names)},
            frozenset(
                name
                for name, word in zip(names, words, strict=True)
                if word[-1] in "*+"
            ),
            tuple(
                name
                for name, word in zip(names, words, strict=True)
                if word[-1] not in "?*"
            ),
        )


SHAPES = {name: Shape.of(text) for name, text in _TEXTS.items()}


def check(name, children, where, begun=-1):
    """Refuse children that are unknown, out of order, missing or too many.

    :param str name: of the element
    :param list children: local names, in their order; None for a foreign namespace
    :param where: function without arguments that returns the element's place
    :param int begun: place reached by children that were looked at before; then
        nothing is missed
    :return: int, the place reached
    :raise FileError: ``xml_unexpected``, ``xml_order``, ``xml_missing`` or
        ``xml_twice``
    """
    shape = SHAPES[name]
    reached = begun
    for child in children:
        place = shape.places.get(child)
        if place is None:
            raise FileError("xml_unexpected", where=where(), found=str(child))
        if place < reached:
            raise FileError("xml_order", where=where(), found=child)
        if place == reached and child not in shape.repeatable:
            raise FileError("xml_twice", where=where(), found=child)
        reached = place
    if begun < 0:
        present = Counter(children)
        for required in shape.required:
            if not present[required]:
                raise FileError("xml_missing", where=where(), expected=required)
    return reached
