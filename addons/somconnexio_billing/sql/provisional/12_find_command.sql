-- Provisional rating: find the session of a command that bills a company.
--
-- grain:      one row per session that holds the lock of company_lock.py
-- reads:      pg_locks
-- params:     lock_space, company_id
-- idempotent: reads only
select lock_held.pid
from pg_locks as lock_held
where
    lock_held.locktype = 'advisory'
    and lock_held.database = (
        select base.oid
        from pg_database as base
        where base.datname = current_database()
    )
    and lock_held.classid = %(lock_space)s::bigint::oid
    and lock_held.objid = %(company_id)s::bigint::oid
    and lock_held.granted;
