-- Step 39e: say for each situation and pass what is drawn on.
--
-- grain:      one row per situation and source that fits it; one source at most per
--             pass and kind, because they follow each other
-- reads:      rating_fit, rating_pass, rating_source
-- writes:     rating_draw_list (temporary)
-- idempotent: reads only
create temporary table rating_draw_list on commit drop as
select
    fit.situation_id,
    fit.is_money,
    pass.pass_number,
    fit.source_id,
    source.allowance_id,
    source.is_shared,
    source.valid_from_at,
    source.expires_at
from rating_fit as fit
inner join rating_pass as pass on fit.source_id = pass.source_id
inner join rating_source as source on fit.source_id = source.source_id;
