-- One line per column, constraint, index, view, function, trigger, policy, type and grant, so that
-- two listings can be compared line by line.
set search_path = pg_catalog;
with ours as (
  select n.oid, n.nspname from pg_namespace n
   where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
), rel as (
  select c.*, format('%I.%I', o.nspname, c.relname) as name
    from pg_class c join ours o on o.oid = c.relnamespace
   where c.relname <> 'flyway_schema_history'
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), line (text) as (
  select format('schema %I', nspname) from ours
  union all
  select format('column %s.%I %s%s%s%s', r.name, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' else '' end,
                case when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
                case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
                || case when a.attgenerated <> '' then ' generated' else '' end)
    from rel r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
   where r.relkind in ('r', 'p', 'f')
  union all
  select format('table %s%s%s%s', r.name, case when r.relkind = 'p' then ' ' || pg_get_partkeydef(r.oid) else '' end,
                case when r.relispartition then ' ' || pg_get_expr(r.relpartbound, r.oid) else '' end,
                case when r.relrowsecurity then ' row security' else '' end
                || case when r.relforcerowsecurity then ' forced' else '' end)
    from rel r where r.relkind in ('r', 'p', 'f')
  union all
  select format('constraint %s.%I %s', r.name, k.conname, pg_get_constraintdef(k.oid))
    from rel r join pg_constraint k on k.conrelid = r.oid
  union all
  select format('index %s%s', regexp_replace(pg_get_indexdef(x.indexrelid), '\s+', ' ', 'g'),
                case when x.indisvalid then '' else ' INVALID' end)
    from rel r join pg_index x on x.indrelid = r.oid where r.relkind in ('r', 'p', 'm')
  union all
  select format('%s %s %s', case r.relkind when 'v' then 'view' else 'materialized view' end, r.name,
                regexp_replace(pg_get_viewdef(r.oid), '\s+', ' ', 'g'))
    from rel r where r.relkind in ('v', 'm')
  union all
  select format('sequence %s %s', r.name, format_type(s.seqtypid, null))
    from rel r join pg_sequence s on s.seqrelid = r.oid
  union all
  select format('function %s %s', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)))
    from pg_proc p join ours o on o.oid = p.pronamespace
   where p.prokind in ('f', 'p')
     and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  union all
  select format('trigger %s %s', r.name, pg_get_triggerdef(t.oid))
    from rel r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select format('policy %s.%I %s using %s check %s', r.name, p.polname, p.polcmd,
                pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from rel r join pg_policy p on p.polrelid = r.oid
  union all
  select format('type %s %s', format_type(t.oid, null),
                (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
    from pg_type t join ours o on o.oid = t.typnamespace where t.typtype in ('e', 'd')
  union all
  select format('grant %s to %s on %s', g.privilege_type, case g.grantee when 0 then 'public' else g.grantee::regrole::text end, r.name)
    from rel r cross join aclexplode(r.relacl) g where g.grantee <> r.relowner
  union all
  select format('extension %I %s', extname, extversion) from pg_extension
)
select replace(replace(text, E'\n', ' '), E'\r', ' ') from line order by text collate "C";
