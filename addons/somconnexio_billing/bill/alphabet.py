# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The characters nearly every bill is written with, and their one-byte codes.

A PDF font holds at most 256 codes. Giving the usual Latin characters fixed codes lets
every bill share one ready-made, already compressed font, where reportlab would cut a
new subset for each document. Text outside this alphabet takes :mod:`bill.fallback`.
"""

ASCII = "".join(map(chr, range(32, 127)))
ACCENTED = "àáèéíïòóúüçñÀÁÈÉÍÏÒÓÚÜÇÑâäãåæêëìîðôöõøùûýÿþßÂÄÃÅÆÊËÌÎÐÔÖÕØÙÛÝÞœŒŀĿ"
SIGNS = "€·ªº°¿¡–—…‘’“”«»•×−§©®¹²³½¼¾±†"
SPACES = "\u00a0\u2007\u2009\u202f"
FIRST_HIGH_CODE = 128


def _code_by_character():
    codes = {character: ord(character) for character in ASCII}
    codes.update(
        (character, FIRST_HIGH_CODE + index)
        for index, character in enumerate(ACCENTED + SIGNS)
    )
    return codes


CODES = _code_by_character()
# Position = code. Unused codes show the font's "missing" glyph and never occur.
CODE_POINTS = [0] * (max(CODES.values()) + 1)
for _character, _code in CODES.items():
    CODE_POINTS[_code] = ord(_character)

CHARACTERS = frozenset(CODES) | frozenset(SPACES)


def _pdf_escape(code):
    if code > 126:
        return f"\\{code:03o}"
    return "\\" + chr(code) if chr(code) in "\\()" else chr(code)


# str.translate table from text to the inside of a PDF literal string.
PDF_STRING = {ord(character): _pdf_escape(code) for character, code in CODES.items()}
PDF_STRING.update((ord(space), " ") for space in SPACES)
