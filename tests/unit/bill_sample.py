# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A realistic bill to draw, in three languages, and ways to vary it."""

import random
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bill.document import (
    AllowanceUse,
    BillDocument,
    ChargeGroup,
    ChargeLine,
    Collection,
    CollectionKind,
    Contact,
    ItemisedUsage,
    MonthTotal,
    Party,
    SubscriptionUsage,
    Tax,
    UsageGroup,
    UsageUnit,
)

# Odoo's fonts when Odoo is installed; without them the layout takes the system's.
FONT_FOLDERS = tuple(
    str(folder)
    for path in sys.path
    if (folder := Path(path, "odoo/addons/web/static/fonts")).is_dir()
)[:1]
LANGUAGES = ("en", "ca", "es")
# key: (English, Catalan, Spanish)
WORDS = {
    "title": ("Your bill", "La teva factura", "Tu factura"),
    "title_credit_note": (
        "Corrective invoice",
        "Factura rectificativa",
        "Factura rectificativa",
    ),
    "draft": ("DRAFT", "ESBORRANY", "BORRADOR"),
    "corrects": (
        "Corrects bill %(number)s",
        "Rectifica la factura %(number)s",
        "Rectifica la factura %(number)s",
    ),
    "correction_reason": (
        "Reason: %(reason)s",
        "Motiu: %(reason)s",
        "Motivo: %(reason)s",
    ),
    "customer_tax_id": ("Tax ID %(tax_id)s", "NIF %(tax_id)s", "NIF %(tax_id)s"),
    "issuer_tax_id": ("Tax ID %(tax_id)s", "NIF %(tax_id)s", "NIF %(tax_id)s"),
    "total_to_pay": ("Total to pay", "Total a pagar", "Total a pagar"),
    "total_in_your_favour": (
        "In your favour",
        "Saldo a favor teu",
        "Saldo a tu favor",
    ),
    "collected_on": ("We will collect it on", "Ho cobrarem el", "Lo cobraremos el"),
    "pay_before": ("Please pay before", "Cal pagar abans del", "Paga antes del"),
    "collected": ("We will collect it", "Ho cobrarem", "Lo cobraremos"),
    "pay": (
        "Please pay by transfer",
        "Cal pagar per transferència",
        "Paga por transferencia",
    ),
    "refunded": (
        "We will return it to you",
        "T'ho retornarem",
        "Te lo devolveremos",
    ),
    "nothing_to_pay": (
        "There is nothing to pay",
        "No has de pagar res",
        "No tienes que pagar nada",
    ),
    "from_account": (
        "from account %(iban)s",
        "del compte %(iban)s",
        "de la cuenta %(iban)s",
    ),
    "to_account": (
        "to account %(iban)s",
        "al compte %(iban)s",
        "a la cuenta %(iban)s",
    ),
    "mandate": (
        "Direct debit by mandate %(reference)s.",
        "Domiciliació amb el mandat %(reference)s.",
        "Domiciliación con el mandato %(reference)s.",
    ),
    "bill_number": ("Bill", "Factura", "Factura"),
    "bill_date": ("Date", "Data", "Fecha"),
    "due_date": ("Due", "Venciment", "Vencimiento"),
    "period": ("Period", "Període", "Periodo"),
    "your_charges": ("What you pay for", "Què pagues", "Qué pagas"),
    "your_corrections": (
        "What is corrected",
        "Què es corregeix",
        "Qué se corrige",
    ),
    "no_charges": ("No charges.", "Sense càrrecs.", "Sin cargos."),
    "quantity_times_price": (
        "%(quantity)s × %(price)s",
        "%(quantity)s × %(price)s",
        "%(quantity)s × %(price)s",
    ),
    "days_of_month": (
        "%(days)s of %(month_days)s days of %(price)s",
        "%(days)s de %(month_days)s dies de %(price)s",
        "%(days)s de %(month_days)s días de %(price)s",
    ),
    "taxable_base": ("Taxable base", "Base imposable", "Base imponible"),
    "tax_on_base": (
        "%(tax)s on %(base)s",
        "%(tax)s sobre %(base)s",
        "%(tax)s sobre %(base)s",
    ),
    "total": ("Total", "Total", "Total"),
    "last_months": ("Last months", "Els últims mesos", "Los últimos meses"),
    "claims": (
        "Do you disagree with this bill?",
        "No hi estàs d'acord?",
        "¿No estás de acuerdo?",
    ),
    "help": ("Need help?", "Et podem ajudar?", "¿Te ayudamos?"),
    "your_usage": ("What you used", "Què has fet servir", "Lo que has usado"),
    "used_of_limit": (
        "%(used)s of %(limit)s",
        "%(used)s de %(limit)s",
        "%(used)s de %(limit)s",
    ),
    "used_unlimited": (
        "%(used)s · unlimited",
        "%(used)s · sense límit",
        "%(used)s · sin límite",
    ),
    "left": ("%(quantity)s left", "En queden %(quantity)s", "Quedan %(quantity)s"),
    "over": (
        "%(quantity)s over the allowance",
        "%(quantity)s de més",
        "%(quantity)s de más",
    ),
    "all_used": ("All used", "Tot consumit", "Todo consumido"),
    "column_concept": ("Kind of usage", "Concepte", "Concepto"),
    "column_count": ("Uses", "Usos", "Usos"),
    "column_usage": ("Usage", "Consum", "Consumo"),
    "column_charged": ("Charged", "Es cobra", "Se cobra"),
    "column_amount": ("Amount", "Import", "Importe"),
    "included": ("incl.", "inclòs", "incl."),
    "itemised": ("Itemised usage", "Detall del consum", "Detalle del consumo"),
    "column_date": ("Date", "Data", "Fecha"),
    "column_time": ("Time", "Hora", "Hora"),
    "column_number": ("Number", "Número", "Número"),
    "column_destination": ("Destination", "Destinació", "Destino"),
    "column_quantity": ("Usage", "Consum", "Consumo"),
    "unlisted": (
        "Not listed (%(count)s)",
        "No detallats (%(count)s)",
        "No detallados (%(count)s)",
    ),
    "group_total": ("Total (%(count)s)", "Total (%(count)s)", "Total (%(count)s)"),
    "continued": (
        "%(title)s (continued)",
        "%(title)s (continuació)",
        "%(title)s (continuación)",
    ),
    "itemised_note": (
        "Free calls are not listed. You may ask us for bills without this list.",
        "Les trucades gratuïtes no s'hi detallen. Pots demanar-nos factures sense "
        "aquest detall.",
        "Las llamadas gratuitas no se detallan. Puedes pedirnos facturas sin este "
        "detalle.",
    ),
    "late_note": (
        "Usage of earlier days than the bill's was reported to us late.",
        "El consum de dies anteriors als de la factura ens va arribar tard.",
        "El consumo de días anteriores a los de la factura nos llegó tarde.",
    ),
    "prices_untaxed": (
        "Amounts without taxes.",
        "Imports sense impostos.",
        "Importes sin impuestos.",
    ),
    "page": (
        "%(page)s of %(pages)s",
        "%(page)s de %(pages)s",
        "%(page)s de %(pages)s",
    ),
}

GIGABYTE = 1024**3
PERIOD = date(2026, 10, 1), date(2026, 11, 1)
MESSAGE = (
    "Som més de 9.000 sòcies i cada factura fa créixer una telefonia ètica, "
    "transparent i de proximitat. Gràcies per ser-ne part!"
)
CLAIMS = (
    "Digue'ns-ho abans d'un mes, per telèfon, per correu o per escrit; et donarem un "
    "número de referència. Si no responem en un mes, o no t'hi avens, pots anar a una "
    "junta arbitral de consum o, abans de tres mesos, a l'Oficina d'Atenció a l'Usuari "
    "de Telecomunicacions."
)
FOOTER = (
    "Som Connexió SCCL · Registre de Cooperatives de Catalunya, full 1234, inscripció "
    "1a · Reclamacions: tel. 900 000 000 i Oficina d'Atenció a l'Usuari de "
    "Telecomunicacions."
)


def words(language: str) -> dict[str, str]:
    """Return the labels in one of :data:`LANGUAGES`."""
    index = LANGUAGES.index(language[:2])
    return {key: texts[index] for key, texts in WORDS.items()}


def _calls(count, seed, priced=0):
    """Return ``count`` calls in order, the last ``priced`` of them charged."""
    dice = random.Random(seed)
    moment = datetime(2026, 10, 1, 8, 12, 40)
    step = timedelta(days=30) / max(count, 1)
    calls = []
    for index in range(count):
        start = moment + step * index + timedelta(seconds=dice.randint(0, 9000))
        seconds = Decimal(dice.randint(4, 1500))
        is_charged = index >= count - priced
        amount = (
            round(seconds / 60 * Decimal("0.1573"), 4) if is_charged else Decimal(0)
        )
        number, destination = dice.choice(
            [
                ("34612555123", "Mòbil nacional"),
                ("34932555777", "Fix nacional"),
                ("34699555014", "Som Connexió"),
                ("34972555444", "Fix nacional"),
            ]
            if not is_charged
            else [("447700900123", "Regne Unit mòbil"), ("33199005555", "França")]
        )
        calls.append(
            ItemisedUsage(start, number, destination, seconds, amount, not is_charged)
        )
    return tuple(calls)


def call_group(name, count, seed=1, priced=0, hidden=0):
    """Return a group of calls; ``hidden`` of them counted but not listed."""
    items = _calls(count, seed, priced)
    return UsageGroup(
        name=name,
        unit=UsageUnit.SECOND,
        event_count=count + hidden,
        quantity=sum((item.quantity for item in items), Decimal(60 * hidden)),
        charged_quantity=sum(
            (item.quantity for item in items if not item.is_included), Decimal(0)
        ),
        amount=sum((item.amount for item in items), Decimal("0.05") * hidden),
        items=items,
    )


def _mobile_usage(calls):
    return SubscriptionUsage(
        title="612 345 678",
        subtitle="Mòbil sense límit 30 GB · Maria",
        allowances=(
            AllowanceUse(
                "Dades",
                UsageUnit.BYTE,
                Decimal("12.43") * GIGABYTE,
                30 * Decimal(GIGABYTE),
            ),
            AllowanceUse("Trucades", UsageUnit.SECOND, Decimal(31_380)),
            AllowanceUse(
                "Trucades a la UE", UsageUnit.SECOND, Decimal(6480), Decimal(7200)
            ),
            AllowanceUse("SMS", UsageUnit.MESSAGE, Decimal(12), Decimal(100)),
        ),
        groups=(
            call_group("Trucades nacionals", calls),
            call_group("Trucades internacionals", 7, 2, priced=7, hidden=3),
            UsageGroup(
                "Dades",
                UsageUnit.BYTE,
                212,
                Decimal("12.43") * GIGABYTE,
                Decimal(0),
                Decimal(0),
            ),
        ),
    )


def _second_usage():
    return SubscriptionUsage(
        title="699 111 222",
        subtitle="Mòbil 150 min 2 GB · Joan",
        allowances=(
            AllowanceUse(
                "Dades",
                UsageUnit.BYTE,
                Decimal("2.31") * GIGABYTE,
                2 * Decimal(GIGABYTE),
            ),
            AllowanceUse("Trucades", UsageUnit.SECOND, Decimal(5220), Decimal(9000)),
        ),
        groups=(call_group("Trucades nacionals", 24, 5),),
    )


def _charge_groups(usage):
    international = round(usage.groups[1].amount, 2)
    return (
        ChargeGroup(
            "Mòbil 612 345 678",
            "Mòbil sense límit 30 GB · Maria",
            (
                ChargeLine(
                    "Quota mensual", Decimal("16.53"), Decimal(1), None, *PERIOD
                ),
                ChargeLine("Trucades internacionals", international),
                ChargeLine("Descompte compartir fibra", Decimal("-2.48")),
            ),
        ),
        ChargeGroup(
            "Mòbil 699 111 222",
            "Mòbil 150 min 2 GB · Joan",
            (
                ChargeLine(
                    "Quota mensual",
                    Decimal("4.26"),
                    Decimal(1),
                    Decimal("7.77"),
                    date(2026, 10, 15),
                    date(2026, 11, 1),
                    17,
                    31,
                ),
            ),
        ),
        ChargeGroup(
            "Fibra 600 Mb",
            "Carrer de la Llacuna 162, 3r 2a, Barcelona",
            (
                ChargeLine(
                    "Quota mensual", Decimal("27.60"), Decimal(1), None, *PERIOD
                ),
                ChargeLine("Filmin", Decimal("4.96"), Decimal(1), None, *PERIOD),
            ),
        ),
    )


def sample_document(language: str = "ca", calls: int = 90, **changes) -> BillDocument:
    """Return a bill of two mobiles and a fibre line; ``changes`` replace fields."""
    usage = _mobile_usage(calls), _second_usage()
    groups = _charge_groups(usage[0])
    untaxed = sum((group.amount for group in groups), Decimal(0))
    tax = round(untaxed * Decimal("0.21"), 2)
    document = BillDocument(
        language=language,
        labels=words(language),
        issuer=Party(
            "Som Connexió SCCL",
            "F65891233",
            ("Carrer de Verge del Pilar 1, despatx 7", "08820 El Prat de Llobregat"),
        ),
        customer=Party(
            "Maria Puigdemunt i Soler",
            "12345678Z",
            ("Carrer de la Llacuna 162, 3r 2a", "08018 Barcelona"),
        ),
        number="FAC/2026/10/04127",
        bill_date=date(2026, 11, 1),
        due_date=date(2026, 11, 5),
        period_start=PERIOD[0],
        period_end=PERIOD[1],
        charge_groups=groups,
        taxes=(Tax("IVA 21 %", untaxed, tax),),
        amount_untaxed=untaxed,
        amount_tax=tax,
        amount_total=untaxed + tax,
        collection=Collection(
            CollectionKind.DIRECT_DEBIT,
            date(2026, 11, 5),
            "ES91 •••• •••• 1332",
            "SC-004127-1",
        ),
        contact=Contact(
            "900 123 456", "hola@somconnexio.example", "somconnexio.example"
        ),
        usage=usage,
        history=_history(untaxed + tax),
        message=MESSAGE,
        claims=CLAIMS,
        footer=FOOTER,
    )
    return replace(document, **changes)


def _history(total):
    amounts = ["58.12", "61.40", "55.03", "72.90", "60.11"]
    months = [date(2026, month, 1) for month in range(5, 11)]
    return tuple(
        MonthTotal(month, amount)
        for month, amount in zip(months, [*map(Decimal, amounts), total], strict=True)
    )
