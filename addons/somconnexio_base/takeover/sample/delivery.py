# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The rows of a delivery, and what must become of them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from . import identifiers
from .defects import spoil
from .people import COMPANIES, FAMILY_NAMES, FIRST_NAMES, STREETS, TOWNS

#: The day on which the made-up source was exported.
EXPORT_DATE = date(2026, 10, 1)
#: Products that the rows name: code, service, price.
MOBILE = (
    ("SE_SC_REC_MOBILE_T_150_1024", "5,79"),
    ("SE_SC_REC_MOBILE_T_0_1024", "3,72"),
)
FIBRE = (("SE_SC_REC_BA_F_100", "27,69"),)
EXTRA_SUBSCRIPTIONS = 4  # every so many customers have one more
BILLS_EACH = 2


@dataclass
class Delivery:
    """Rows by kind, as dicts of the source's columns.

    :ivar Counter refused: how many rows of each kind must be refused
    :ivar Counter faults: how many rows have each defect, by its name
    """

    rows: dict
    refused: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)


def make_delivery(customers=200, seed=1, has_defects=True, first=0):
    """Return a ``Delivery``: the same for the same arguments.

    :param int customers: how many; there is a contract for each and one more for
        every fourth
    :param bool has_defects: some rows of each kind are wrong
    :param int first: where numbers begin, so that two deliveries do not meet
    """
    maker = _Maker(Random(seed), first)
    for number in range(first + 1, first + customers + 1):
        maker.add_customer(number)
    delivery = Delivery(maker.rows)
    if has_defects:
        spoil(delivery, Random(seed + 1))
    return delivery


def shown(day):
    """Return a date as the source writes it, empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def amount(number):
    """Return an amount as the source writes it."""
    return f"{number:.2f}".replace(".", ",")


class _Maker:
    """Write the rows of customer after customer."""

    def __init__(self, random, first):
        self.random = random
        self.contracts = first + first // EXTRA_SUBSCRIPTIONS
        kinds = "partner membership billing_account mandate subscription line"
        kinds += " resource assignment bill"
        self.rows = {kind: [] for kind in kinds.split()}

    def add_customer(self, number):
        """Add a customer with all that belongs to them."""
        joined = EXPORT_DATE - timedelta(days=self.random.randrange(60, 2000))
        self._add_partner(number)
        if number % 3:
            self._add_membership(number, joined)
        self._add_account(number, joined)
        for _place in range(2 if number % EXTRA_SUBSCRIPTIONS == 0 else 1):
            self.contracts += 1
            self._add_contract(self.contracts, number, joined)
        for place in range(BILLS_EACH):
            self._add_bill(number, place)

    def _add_partner(self, number):
        pick = self.random.choice
        is_company = number % 12 == 0
        town, zip_code, province = pick(TOWNS)
        name = f"{pick(FIRST_NAMES)} {pick(FAMILY_NAMES)} {pick(FAMILY_NAMES)}"
        row = {
            "ID": f"{number}",
            "NOMBRE": f"{pick(COMPANIES)} {pick(FAMILY_NAMES)}" if is_company else name,
            "EMPRESA": "S" if is_company else "N",
            "PADRE": "",
            "CLASE": "",
            "NIF": identifiers.company_id(number)
            if is_company
            else identifiers.nif(20_000_000 + number),
            "CORREO": f"client{number}@example.org",
            "TELÉFONO": identifiers.mobile(500_000 + number),
            "CALLE": f"{pick(STREETS)}, {self.random.randrange(1, 120)}",
            "CP": zip_code,
            "POBLACIÓN": town,
            "PROVINCIA": province,
            "PAÍS": "",
            "NOTAS": 'Trucar\nmatins; "urgent"' if number % 25 == 0 else "",
        }
        self.rows["partner"].append(row)
        if number % 10 == 0:
            address = dict.fromkeys(row, "") | {
                "ID": f"{number}-D",
                "NOMBRE": f"Entrega {number}",
                "PADRE": f"{number}",
                "CLASE": "Envío",
                "CALLE": f"{pick(STREETS)}, 1",
                "CP": zip_code,
                "POBLACIÓN": town,
            }
            self.rows["partner"].append(address)

    def _add_membership(self, number, joined):
        has_left = number % 20 == 1
        self.rows["membership"].append(
            {
                "ID": f"S{number}",
                "TERCERO": f"{number}",
                "NÚMERO": f"{number:06d}",
                "ALTA": shown(joined),
                "BAJA": shown(joined + timedelta(days=40)) if has_left else "",
                "MOTIVO": "Propia" if has_left else "",
                "TÍTULOS": "" if has_left else "1",
                "PAGADO": "" if has_left else "100,00",
            }
        )

    def _add_account(self, number, joined):
        is_debit = number % 9 != 0
        self.rows["billing_account"].append(
            {
                "ID": f"C{number}",
                "TERCERO": f"{number}",
                "IBAN": identifiers.iban(number) if is_debit else "",
                "COBRO": "Recibo" if is_debit else "Transferencia",
                "CORREO": f"facturas{number}@example.org",
            }
        )
        if is_debit:
            self.rows["mandate"].append(
                {
                    "CUENTA": f"C{number}",
                    "REFERENCIA": f"MND{number:08d}",
                    "FIRMA": shown(joined),
                    "ÚLTIMO": shown(max(joined, EXPORT_DATE - timedelta(days=20))),
                }
            )

    def _add_contract(self, contract, number, joined):
        state = self.random.choices(
            ("Activo", "Baja", "Suspendido", "Pendiente"), (88, 8, 2, 2)
        )[0]
        started = None if state == "Pendiente" else joined
        ended = EXPORT_DATE - timedelta(days=10) if state == "Baja" else None
        paused = EXPORT_DATE - timedelta(days=5) if state == "Suspendido" else None
        is_mobile = contract % 5 != 0
        self.rows["subscription"].append(
            {
                "ID": f"K{contract}",
                "TERCERO": f"{number}",
                "CUENTA": f"C{number}",
                "SERVICIO": "Móvil" if is_mobile else "Fibra",
                "ESTADO": state,
                "ALTA": shown(started),
                "SUSPENSIÓN": shown(paused),
                "MOTIVO_S": "Impago" if paused else "",
                "BAJA": shown(ended),
                "MOTIVO_B": "Portabilidad" if ended else "",
            }
        )
        self._add_lines(contract, joined, ended, MOBILE if is_mobile else FIBRE)
        self._add_resources(contract, joined, ended, is_mobile)

    def _add_lines(self, contract, joined, ended, products):
        """Add the tariff, of some contracts the one before too."""
        changed = joined + timedelta(days=30) if contract % 5 == 1 else None
        code, price = products[0]
        periods = [(code, price, joined, changed and changed - timedelta(days=1))]
        if changed:
            periods.append((*products[-1], changed, None))
        for code, price, start, end in periods:
            end = end or ended
            self.rows["line"].append(
                {
                    "CONTRATO": f"K{contract}",
                    "PRODUCTO": code,
                    "DESDE": shown(start),
                    "HASTA": shown(end),
                    "PRECIO": price,
                }
            )

    def _add_resources(self, contract, joined, ended, is_mobile):
        values = [("Línea", f"TEST-{contract:06d}")]
        if is_mobile:
            values = [
                ("Teléfono", identifiers.mobile(contract)),
                ("SIM", identifiers.iccid(contract)),
            ]
        for kind, value in values:
            self.rows["resource"].append({"TIPO": kind, "VALOR": value})
            self.rows["assignment"].append(
                {
                    "CONTRATO": f"K{contract}",
                    "RECURSO": value,
                    "DESDE": shown(joined),
                    "HASTA": shown(ended),
                }
            )

    def _add_bill(self, number, place):
        issued = date(2026, 8 + place, 1)
        base = Decimal(self.random.randrange(200, 6000)) / 100
        tax = (base * 21 / 100).quantize(Decimal("0.01"))
        is_open = place == BILLS_EACH - 1 and number % 8 == 0
        self.rows["bill"].append(
            {
                "NÚMERO": f"F2026/{place + 8:02d}/{number:06d}",
                "TERCERO": f"{number}",
                "CUENTA": f"C{number}",
                "TIPO": "Abono" if number % 50 == 49 else "Factura",
                "FECHA": shown(issued),
                "VENCE": shown(issued + timedelta(days=10)),
                "BASE": amount(base),
                "IVA": amount(tax),
                "TOTAL": amount(base + tax),
                "PENDIENTE": amount(base + tax) if is_open else "0,00",
            }
        )
