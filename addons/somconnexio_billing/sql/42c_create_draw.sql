-- Step 42c: create the table of draws, empty.
--
-- It holds what the first pass of units doesn't: later passes, and all of money.
--
-- grain:      one row per event (part) and bucket that it drew on, or found used up
-- reads:      nothing
-- writes:     rating_draw (temporary)
-- idempotent: reads only
create temporary table rating_draw (
    event_id bigint not null,
    part_number smallint not null,
    is_money boolean not null,
    pass_number integer not null,
    bucket_id integer not null,
    quantity numeric not null,
    used_before numeric not null
) on commit drop;
