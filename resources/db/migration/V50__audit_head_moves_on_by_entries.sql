-- The head of the audit chain moves on over entries that are there: as many as it moves, the first
-- follows the old head, and the last has the new head's hash.
create or replace function audit_head_only_moves_on() returns trigger language plpgsql
    set search_path from current as $$
begin
    if tg_op = 'UPDATE' then
        if new.entries > old.entries
           and new.entries - old.entries
               = (select count(*) from audit_chain where seq > old.entries and seq <= new.entries)
           and exists (select from audit_chain where seq = old.entries + 1 and previous_hash = old.hash)
           and exists (select from audit_chain where seq = new.entries and hash = new.hash) then
            return new;
        end if;
    end if;
    raise exception 'The head of the audit chain only moves on over its entries: % refused', tg_op
        using errcode = 'insufficient_privilege';
end $$;
