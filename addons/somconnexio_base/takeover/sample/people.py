# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Names and towns."""

FIRST_NAMES = (
    "Maria",
    "Joan",
    "Núria",
    "Pere",
    "Laia",
    "Jordi",
    "Àngels",
    "Àlex",
    "Begoña",
    "Iñaki",
    "Rosa",
    "Xavier",
    "Carme",
    "Miquel",
    "Lucía",
)
FAMILY_NAMES = (
    "Soler",
    "Puig",
    "Ferrer",
    "García",
    "Muñoz",
    "Vila",
    "Roca",
    "Serra",
    "López",
    "Castells",
    "Bosch",
    "Núñez",
    "Planas",
    "Camps",
)
COMPANIES = ("Forn", "Taller", "Llibreria", "Associació", "Cooperativa", "Ateneu")
#: Town, postal code, code of the province.
TOWNS = (
    ("Barcelona", "08001", "B"),
    ("Sant Cugat del Vallès", "08172", "B"),
    ("Girona", "17001", "GI"),
    ("Lleida", "25001", "L"),
    ("Tarragona", "43001", "T"),
    ("València", "46001", "V"),
)
STREETS = ("Carrer Major", "Plaça de la Vila", "Avinguda Catalunya", "Carrer Nou")
