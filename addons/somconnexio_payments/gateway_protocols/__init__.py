# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What banks' apps and terminals speak, without Odoo.

Each protocol is a small class: how a call becomes a :class:`messages.Command` and an
:class:`messages.Answer` becomes bytes. What differs from bank to bank within a protocol
(names, codes, formats) is a :class:`layout.Layout`, made of a record.

To add a protocol: write its module and name it here.
"""

from .aggregator import Aggregator
from .kassa24 import Kassa24
from .osmp import Osmp
from .osmp_json import OsmpJson
from .plain_pair import PlainPair
from .sberbank import Sberbank

PROTOCOLS = {
    protocol.code: protocol()
    for protocol in (PlainPair, Osmp, OsmpJson, Aggregator, Sberbank, Kassa24)
}
