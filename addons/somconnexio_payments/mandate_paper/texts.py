# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a SEPA Core mandate says in Catalan, Spanish and English.

The clause on rights and refund is prescribed; whoever shows another one asks for
something that payers' banks need not honour. A change of any text is a new version.

Source: EPC392-08 (translations of the mandate's texts) and EPC016-06, section 4.7.2.

>>> VERSION, language("ca_ES"), language("fr_FR")
('2026-1', 'ca', 'en')
>>> "8 weeks" in clause("en", "Som") and "Som" in clause("en", "Som")
True
"""

#: Counts up with any change of a text below.
VERSION = "2026-1"

CLAUSES = {
    "en": (
        "By signing this mandate form, you authorise (A) {creditor} to send"
        " instructions to your bank to debit your account and (B) your bank to debit"
        " your account in accordance with the instructions from {creditor}. As part of"
        " your rights, you are entitled to a refund from your bank under the terms and"
        " conditions of your agreement with your bank. A refund must be claimed within"
        " 8 weeks starting from the date on which your account was debited. Your rights"
        " are explained in a statement that you can obtain from your bank."
    ),
    "es": (
        "Mediante la firma de esta orden de domiciliación, el deudor autoriza (A) a"
        " {creditor} a enviar instrucciones a la entidad del deudor para adeudar su"
        " cuenta y (B) a la entidad para efectuar los adeudos en su cuenta siguiendo"
        " las instrucciones de {creditor}. Como parte de sus derechos, el deudor está"
        " legitimado al reembolso por su entidad en los términos y condiciones del"
        " contrato suscrito con la misma. La solicitud de reembolso deberá efectuarse"
        " dentro de las ocho semanas que siguen a la fecha de adeudo en cuenta. Puede"
        " obtener información adicional sobre sus derechos en su entidad financiera."
    ),
    "ca": (
        "Mitjançant la signatura d'aquesta ordre de domiciliació, el deutor autoritza"
        " (A) {creditor} a enviar instruccions a l'entitat del deutor per carregar al"
        " seu compte i (B) l'entitat per efectuar els càrrecs al seu compte seguint les"
        " instruccions de {creditor}. Com a part dels seus drets, el deutor està"
        " legitimat al reemborsament per la seva entitat en els termes i condicions del"
        " contracte subscrit amb ella. La sol·licitud de reemborsament s'haurà"
        " d'efectuar dins de les vuit setmanes que segueixen la data del càrrec al"
        " compte. Pot obtenir informació addicional sobre els seus drets a la seva"
        " entitat financera."
    ),
}

LABELS = {
    "en": {
        "title": "SEPA Direct Debit mandate",
        "reference": "Mandate reference",
        "creditor": "Creditor",
        "creditor_id": "Creditor identifier",
        "debtor": "Name of the account holder",
        "address": "Address",
        "iban": "Account number (IBAN)",
        "bic": "Bank (BIC)",
        "kind": "Type of payment",
        "recurrent": "Recurrent",
        "oneoff": "One-off",
        "place": "Place and date",
        "signature": "Signature of the account holder",
        "return": "Please return the signed form to {creditor}.",
        "page": "Text {version}",
    },
    "es": {
        "title": "Orden de domiciliación de adeudo directo SEPA",
        "reference": "Referencia de la orden",
        "creditor": "Acreedor",
        "creditor_id": "Identificador del acreedor",
        "debtor": "Titular de la cuenta",
        "address": "Dirección",
        "iban": "Número de cuenta (IBAN)",
        "bic": "Entidad (BIC)",
        "kind": "Tipo de pago",
        "recurrent": "Pago recurrente",
        "oneoff": "Pago único",
        "place": "Lugar y fecha",
        "signature": "Firma del titular de la cuenta",
        "return": "Devuelva esta orden firmada a {creditor}.",
        "page": "Texto {version}",
    },
    "ca": {
        "title": "Ordre de domiciliació de càrrec directe SEPA",
        "reference": "Referència de l'ordre",
        "creditor": "Creditor",
        "creditor_id": "Identificador del creditor",
        "debtor": "Titular del compte",
        "address": "Adreça",
        "iban": "Número de compte (IBAN)",
        "bic": "Entitat (BIC)",
        "kind": "Tipus de pagament",
        "recurrent": "Pagament recurrent",
        "oneoff": "Pagament únic",
        "place": "Lloc i data",
        "signature": "Signatura del titular del compte",
        "return": "Torneu aquesta ordre signada a {creditor}.",
        "page": "Text {version}",
    },
}


def language(lang):
    """Return which of our languages is nearest to a code such as ca_ES."""
    short = (lang or "")[:2].lower()
    return short if short in CLAUSES else "en"


def clause(lang, creditor):
    """Return the clause that is signed, with the creditor's name in it."""
    return CLAUSES[language(lang)].format(creditor=creditor)


def label(lang, name, **values):
    """Return a label of the form."""
    return LABELS[language(lang)][name].format(**values)


def legal_text(lang, creditor):
    """Return title and clause, as kept with a consent."""
    return f"{label(lang, 'title')}\n\n{clause(lang, creditor)}"
