-- Entries of form 2 carry a signature with a key that is not in this database, and who was logged in.
-- Entries of form 1 were written before; they stay as they are.
alter table audit_chain
    add column form smallint not null default 1,
    add column login text,
    add column key_id text,
    add column signature text,
    add check (form = 1 or (login is not null and key_id is not null and signature is not null));
create index audit_chain_shortened_idx on audit_chain (seq) where kind = 'shortened';

-- An old entry may go once a newer one says that it does: see AuditChain.shorten.
create or replace function audit_chain_is_append_only() returns trigger language plpgsql
    set search_path from current as $$
begin
    if tg_level = 'ROW' and tg_op = 'DELETE' then
        if old.at < now() - interval '365 days'
           and exists (select from audit_chain s
                        where s.kind = 'shortened' and s.seq > old.seq
                          and (s.body::json ->> 'last')::bigint >= old.seq) then
            return old;
        end if;
    end if;
    raise exception 'The audit chain is append-only: % refused', tg_op
        using errcode = 'insufficient_privilege';
end $$;

create or replace function audit_head_only_moves_on() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.entries = old.entries + 1 then
            return new;
        end if;
    end if;
    raise exception 'The head of the audit chain only moves on by one: % refused', tg_op
        using errcode = 'insufficient_privilege';
end $$;
create trigger audit_head_is_one before insert on audit_head
    for each row execute function audit_head_only_moves_on();
create trigger audit_head_no_truncate before truncate on audit_head
    for each statement execute function audit_head_only_moves_on();
