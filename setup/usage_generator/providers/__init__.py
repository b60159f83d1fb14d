# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The three providers and how each of them writes its files."""

from .data_roaming import DataRoaming
from .fixed_carrier import FixedCarrier
from .mobile_wholesale import MobileWholesale

PROVIDERS = {
    provider.name: provider
    for provider in (MobileWholesale(), FixedCarrier(), DataRoaming())
}
