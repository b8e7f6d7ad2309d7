-- Which rows does this login pass over, and adding a column of which domains writes every row?
-- since: 15
-- timeout: 15s
-- params: none
-- units: none
select o.rolsuper or o.rolbypassrls as bypasses_policies,
       (select coalesce(pg_catalog.array_agg(n.nspname || '.' || t.typname), '{}')
          from pg_catalog.pg_type t
          join pg_catalog.pg_namespace n on n.oid = t.typnamespace
         where t.typtype = 'd' and n.nspname not in ('pg_catalog', 'information_schema')
           and (t.typnotnull or t.typdefault is not null
                or exists (select from pg_catalog.pg_constraint k where k.contypid = t.oid)))
         as writing_domains
  from pg_catalog.pg_roles o
 where o.rolname = current_user
