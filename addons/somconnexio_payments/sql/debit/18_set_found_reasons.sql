-- Step debit/18: reasons that were found outside of the database.
-- Grain:      one row per candidate named
-- Writes:     debit_candidate (temporary)
-- Params:     candidate_ids, reasons, details (parallel lists)
-- Idempotent: rows with a reason keep it.
update debit_candidate as candidate
set
    reason = found.reason,
    detail = found.detail
from
    unnest(%(candidate_ids)s::integer[], %(reasons)s::text[], %(details)s::text[])
        as found (candidate_id, reason, detail)
where
    found.candidate_id = candidate.id
    and candidate.reason is null
