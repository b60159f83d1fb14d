# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is wrong in a delivery, and which rows fall because of it."""

#: Kind -> its id, from the source's columns.
ID_OF = {
    "partner": lambda row: row["ID"],
    "membership": lambda row: row["ID"],
    "billing_account": lambda row: row["ID"],
    "mandate": lambda row: row["REFERENCIA"],
    "subscription": lambda row: row["ID"],
    "line": lambda row: f"{row['CONTRATO']}/{row['PRODUCTO']}/{row['DESDE']}",
    "resource": lambda row: row["VALOR"],
    "assignment": lambda row: f"{row['CONTRATO']}/{row['RECURSO']}/{row['DESDE']}",
    "bill": lambda row: row["NÚMERO"],
}
#: Kind -> columns that refer, in the order of the kinds.
REFERENCES = {
    "partner": {"PADRE": "partner"},
    "membership": {"TERCERO": "partner"},
    "billing_account": {"TERCERO": "partner"},
    "mandate": {"CUENTA": "billing_account"},
    "subscription": {"TERCERO": "partner", "CUENTA": "billing_account"},
    "line": {"CONTRATO": "subscription"},
    "resource": {},
    "assignment": {"CONTRATO": "subscription", "RECURSO": "resource"},
    "bill": {"TERCERO": "partner", "CUENTA": "billing_account"},
}
#: Defect -> (kind, columns it writes, whether the row is refused).
VALUE_DEFECTS = {
    "no name": ("partner", {"NOMBRE": ""}, True),
    "wrong tax number": ("partner", {"NIF": "12345678A"}, False),
    "wrong mail": ("partner", {"CORREO": "maria(at)example"}, False),
    "unknown province": ("partner", {"PROVINCIA": "ZZZ"}, False),
    "formula": ("partner", {"NOMBRE": '=HYPERLINK("http://x",A1)'}, None),
    "wrong IBAN": ("billing_account", {"IBAN": "ES0021000418450200051332"}, False),
    "unknown customer": ("subscription", {"TERCERO": "999999999"}, True),
    "unknown state": ("subscription", {"ESTADO": "Zombi"}, True),
    "unknown product": ("line", {"PRODUCTO": "NO_SUCH_PRODUCT"}, True),
    "impossible date": ("line", {"DESDE": "31/02/2026"}, True),
    "wrong number": ("resource", {"VALOR": "12"}, True),
    "sum": ("bill", {"TOTAL": "1,00", "PENDIENTE": "0,00"}, True),
    "too much unpaid": ("bill", {"PENDIENTE": "99999,99"}, True),
}


def spoil(delivery, random):
    """Put defects into some rows, and note which rows must be refused."""
    marked = {kind: set() for kind in delivery.rows}
    for name, (kind, cells, is_refused) in VALUE_DEFECTS.items():
        place = _free_place(delivery.rows[kind], marked[kind], random)
        marked[kind].add(place)
        delivery.rows[kind][place].update(cells)
        delivery.faults[name] += 1
        if is_refused:
            delivery.rows[kind][place]["!"] = "refused"
    _repeat(delivery, random, marked)
    _count_refused(delivery)


def _free_place(rows, marked, random):
    while True:
        place = random.randrange(len(rows))
        if place not in marked and not rows[place].get("PADRE"):
            return place


def _repeat(delivery, random, marked):
    """Let a bill come twice."""
    place = _free_place(delivery.rows["bill"], marked["bill"], random)
    twice = {**delivery.rows["bill"][place], "!": "twice"}
    delivery.rows["bill"].append(twice)
    delivery.faults["twice"] += 1


def _count_refused(delivery):
    """Let all rows fall that refer to one that has fallen, and count them."""
    alive = {}
    for kind, rows in delivery.rows.items():
        # Parents come before their contacts.
        alive[kind] = set()
        for row in rows:
            is_whole = not row.get("!") and all(
                not row[column] or row[column] in alive[referred]
                for column, referred in REFERENCES[kind].items()
            )
            if is_whole:
                alive[kind].add(ID_OF[kind](row))
            else:
                delivery.refused[kind] += 1
