# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Names of persons and entities: how they are written, and how they are compared.

Written: one space between words; names all in capitals or all in small letters get
capitals where Catalan and Spanish have them; "Soler Puig, Maria" is turned round.

Compared: without accents, particles and legal forms, by how Catalan and Spanish
sound, in no order.

>>> read("SOLER  PUIG, MARIA").normal, read("maria de la torre i mas").normal
('Maria Soler Puig', 'Maria de la Torre i Mas')
>>> tokens("Núria Giménez i Vila"), tokens("VILA JIMENEZ, Nuria")
(('bila', 'jimenez', 'nuria'), ('bila', 'jimenez', 'nuria'))
>>> tokens("Forn de Pa Vidal, S.L.U.", True)
('bidal', 'forn', 'pa')
"""

import re
import unicodedata

from .reading import invalid, unverified, valid

PARTICLES = frozenset(
    "de del dels la las les los el els en na i y e d l da do dos van von der den di"
    " san sant santa".split()
)
#: Written small inside a name; "San" and "Santa" are not.
_SMALL = PARTICLES - {"san", "sant", "santa", "na", "en"}
LEGAL_FORMS = frozenset(
    "sl slu sll slp slne sa sau sal sccl sccp scp scoop coop cb sc aie ute sociedad"
    " societat limitada anonima cooperativa civil particular fundacio fundacion"
    " associacio asociacion ajuntament ayuntamiento".split()
)
_DOTTED = re.compile(r"\b((?:\w\.){2,}\w?)")
_WORD = re.compile(r"[a-z0-9]+")
#: How letters sound in Catalan and Spanish, in this order.
_SOUNDS = (
    (re.compile("ny|gn"), "n"),
    (re.compile("l·l|ll"), "l"),
    (re.compile("qu(?=[ei])"), "k"),
    (re.compile("ch"), "x"),
    (re.compile("g(?=[ei])"), "j"),
    (re.compile("ge(?=[iao])"), "j"),
    (re.compile("c(?=[ei])"), "z"),
    (re.compile("[cq]"), "k"),
    (re.compile("[vw]"), "b"),
    (re.compile("(?<=.)h|^h"), ""),
    (re.compile("[sz]+$"), "z"),
    (re.compile("s+"), "z"),
    (re.compile("y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
MIN_NAME = 2


def fold(text):
    """Return a text in small letters without accents.

    >>> fold("Núñez Çelik")
    'nunez celik'
    """
    parts = unicodedata.normalize("NFKD", str(text or "").lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def sound(word):
    """Return how a folded word sounds: Giménez and Jiménez, Vila and Bila are one."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def words(name):
    """Return the folded words of a name; S.L. is one word."""
    joined = _DOTTED.sub(lambda dotted: dotted.group(1).replace(".", ""), fold(name))
    return _WORD.findall(joined)


def tokens(name, is_company=False):
    """Return what a name is compared by: the sounds of its words, sorted.

    :param str name: as typed
    :param bool is_company: leave out the legal form
    """
    found = [word for word in words(name) if word not in PARTICLES]
    if is_company:
        found = [word for word in found if word not in LEGAL_FORMS] or found
    return tuple(sorted({sound(word) for word in found if sound(word)}))


def read(value, is_company=False):
    """Read a name; ``detail`` of an invalid one is ``short`` or ``letters``."""
    text = " ".join(str(value or "").split())
    if not text:
        return unverified(value)
    if len(text) < MIN_NAME:
        return invalid(value, "short")
    if not any(letter.isalpha() for letter in text):
        return invalid(value, "letters")
    if is_company:
        return valid(value, text)
    return valid(value, _with_capitals(_turned(text)))


def _turned(text):
    """Write a name with one comma the way it is said."""
    family, comma, given = text.partition(",")
    if not comma or "," in given or not given.strip() or not family.strip():
        return text
    return f"{given.strip()} {family.strip()}"


def _with_capitals(text):
    """Give capitals to a name that is all in one case; leave others as they are."""
    if text not in (text.upper(), text.lower()):
        return text
    parts = text.lower().split(" ")
    return " ".join(
        part if index and part in _SMALL else _capital(part)
        for index, part in enumerate(parts)
    )


def _capital(word):
    """Write a word with a capital, also after a hyphen or an apostrophe."""
    return re.sub(r"(^|[-'’])(\w)", lambda m: m.group(1) + m.group(2).upper(), word)
