# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The kinds of operation: one small class each, and the table of all of them.

A kind says who may ask for it and when, what it needs to know, what it excludes, and
calls the verb of the subscription that does it. A new kind is a class in this folder
and a name in ``ALL``.
"""

from .account import ChangeAccount, ChangePayment
from .activation import Activate
from .addon import AddAddon, RemoveAddon
from .address import ChangeAddress
from .bond import BuyBond
from .holder import ChangeHolder
from .resource import ChangeNumber, SwapSim
from .restriction import LiftRestriction, Restrict
from .suspension import Resume, Suspend
from .tariff import ChangeTariff
from .termination import CancelTermination, Terminate

ALL = (
    Activate,
    ChangeTariff,
    AddAddon,
    RemoveAddon,
    BuyBond,
    ChangeHolder,
    ChangeAddress,
    ChangeNumber,
    SwapSim,
    ChangePayment,
    ChangeAccount,
    Suspend,
    Resume,
    Restrict,
    LiftRestriction,
    Terminate,
    CancelTermination,
)
KINDS = {kind.code: kind() for kind in ALL}
SELECTION = [(kind.code, kind.label) for kind in ALL]
