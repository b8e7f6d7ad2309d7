-- Which statements put the policies on these tables, and which bring the earlier ones back?
-- since: 16
-- timeout: 10s
-- params: schema_name text, schema_names text[], table_names text[], column_name text, mode text, setting text, new_owner text
-- units: none
with place as (
    select w.n, c.oid, c.relrowsecurity, c.relforcerowsecurity, c.relispartition,
           pg_catalog.format('%I.%I', w.s, w.t) as name,
           o.rolname as owner_name,
           -- Compared in the column's own type, so that its index serves; read once per statement.
           pg_catalog.format(
               -- Written as the server prints it, so that a policy that is so already is known again.
               '%I = ANY (ARRAY(SELECT m.tenant::%s FROM lakebaseops_rls.tenant_roles m'
               || ' WHERE m.schema_name = %L AND pg_catalog.pg_has_role(m.tenant_role, ''USAGE'')%s))',
               a.attname,
               pg_catalog.format_type(a.atttypid, a.atttypmod),
               :schema_name::text,
               case :mode::text when 'setting' then pg_catalog.format(
                   ' AND m.tenant = NULLIF(pg_catalog.current_setting(%L, true), '''')', :setting::text)
               else '' end) as own
      from unnest(:schema_names::text[], :table_names::text[]) with ordinality as w (s, t, n)
      join pg_catalog.pg_namespace ns on ns.nspname = w.s
      join pg_catalog.pg_class c on c.relnamespace = ns.oid and c.relname = w.t
      join pg_catalog.pg_roles o on o.oid = c.relowner
      join pg_catalog.pg_attribute a
        on a.attrelid = c.oid and a.attname = :column_name and a.attnum > 0 and not a.attisdropped
), policy (k, polname, polcmd, cmd, permissive, reads, writes) as (
    values (1, 'tenant_isolation_select', 'r', 'select', true, true, false),
           (2, 'tenant_isolation_insert', 'a', 'insert', true, false, true),
           (3, 'tenant_isolation_update', 'w', 'update', true, true, true),
           (4, 'tenant_isolation_delete', 'd', 'delete', true, true, false),
           -- Restrictive: no other permissive policy of the table can widen what ours allow.
           (5, 'tenant_isolation_guard', '*', 'all', false, true, true)
), each as (
    select p.n, p.name, p.own, w.*,
           b.oid is not null as is_there,
           b.oid is not null
           and (b.polcmd::text <> w.polcmd or b.polpermissive <> w.permissive
                or (b.polqual is not null) <> w.reads
                or (b.polwithcheck is not null) <> w.writes) as differs,
           b.polroles = '{0}' as for_all,
           pg_catalog.pg_get_expr(b.polqual, b.polrelid) as old_reads,
           pg_catalog.pg_get_expr(b.polwithcheck, b.polrelid) as old_writes,
           (select pg_catalog.string_agg(coalesce(pg_catalog.quote_ident(r.rolname), 'public'), ', ')
              from pg_catalog.unnest(b.polroles) as u (id)
              left join pg_catalog.pg_roles r on r.oid = u.id) as old_roles
      from place p
     cross join policy w
      left join pg_catalog.pg_policy b on b.polrelid = p.oid and b.polname = w.polname
), bare (n, k, own, reads, writes) as (
    -- Without what the server adds when it prints: casts to text and oid, brackets, an alias.
    select e.n, e.k, x.bare[1], x.bare[2], x.bare[3]
      from each e
     cross join lateral (
           select array_agg(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                      t.text, '::(text|oid)(\[\])?|pg_catalog\.|\s+AS tenant\M', '', 'g'),
                      '[()\s]', '', 'g') order by t.i) as bare
             from (values (1, e.own), (2, e.old_reads), (3, e.old_writes)) as t (i, text)) as x
), needed as (
    select e.*
      from each e
      join bare b on b.n = e.n and b.k = e.k
     where not e.is_there or e.differs or not e.for_all
        or (e.reads and b.reads is distinct from b.own)
        or (e.writes and b.writes is distinct from b.own)
        -- Names keep their blanks and brackets: these must stand there to the letter.
        or pg_catalog.strpos(coalesce(e.old_reads, e.old_writes), pg_catalog.quote_literal(:schema_name::text)) = 0
        or pg_catalog.strpos(coalesce(e.old_reads, e.old_writes), pg_catalog.quote_ident(:column_name::text)) = 0
)
select e.n * 10 + e.k as seq,
       e.name as table_name,
       pg_catalog.format('Policy %s on %s', e.polname, e.name) as title,
       case when e.is_there then pg_catalog.format('alter policy %I on %s to public', e.polname, e.name)
            else pg_catalog.format('create policy %I on %s as %s for %s to public', e.polname, e.name,
                        case when e.permissive then 'permissive' else 'restrictive' end, e.cmd)
       end
       || case when e.reads then pg_catalog.format(' using (%s)', e.own) else '' end
       || case when e.writes then pg_catalog.format(' with check (%s)', e.own) else '' end as statement,
       case when e.is_there
            then pg_catalog.format('alter policy %I on %s to %s', e.polname, e.name, e.old_roles)
                 || case when e.reads then pg_catalog.format(' using (%s)', e.old_reads) else '' end
                 || case when e.writes then pg_catalog.format(' with check (%s)', e.old_writes) else '' end
            else pg_catalog.format('drop policy %I on %s', e.polname, e.name)
       end as undo,
       case when e.differs
            then pg_catalog.format('policy %s of %s exists with another command or kind', e.polname, e.name)
       end as problem
  from needed e
union all
select 1000000 + p.n, p.name,
       pg_catalog.format('Put the policies of %s in force, for its owner too', p.name),
       pg_catalog.format('alter table %s enable row level security, force row level security', p.name),
       pg_catalog.format('alter table %s %s row level security, %s row level security', p.name,
              case when p.relrowsecurity then 'enable' else 'disable' end,
              case when p.relforcerowsecurity then 'force' else 'no force' end),
       null
  from place p
 where not (p.relrowsecurity and p.relforcerowsecurity)
union all
select 2000000 + p.n, p.name,
       pg_catalog.format('Give %s to %s, whom policies bind', p.name, :new_owner::text),
       pg_catalog.format('alter table %s owner to %I', p.name, :new_owner::text),
       pg_catalog.format('alter table %s owner to %I', p.name, p.owner_name),
       null
  from place p
 where :new_owner::text <> '' and p.owner_name <> :new_owner::text
 order by 1
