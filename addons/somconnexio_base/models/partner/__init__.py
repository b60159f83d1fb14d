# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from . import external_id
from . import partner_key
from . import partner_duplicate
from . import partner_finding
from . import res_partner_values
from . import res_partner_kind
from . import res_partner_checks
from . import res_partner_quality
from . import res_partner_keys
from . import res_partner_duplicates
from . import res_partner_decisions
from . import res_partner_bank
from . import res_partner_lookup
from . import res_partner_summary
from . import partner_quality
from . import partner_merge
