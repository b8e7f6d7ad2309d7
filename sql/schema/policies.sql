-- Which row level security policies hold, for whom?
-- since: 17
-- timeout: 30s
-- params: none
-- units: none
-- Names are printed in full: the search path is empty for this one statement.
select p.oid::int8 as oid,
       jsonb_build_object(
         'schema', n.nspname, 'table', c.relname, 'name', p.polname, 'permissive', p.polpermissive,
         'command', case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
                                  when 'd' then 'DELETE' else 'ALL' end,
         'roles', (select jsonb_agg(case when r = 0 then 'public' else pg_get_userbyid(r) end)
                     from unnest(p.polroles) r),
         'using_expression', pg_get_expr(p.polqual, p.polrelid),
         'check_expression', pg_get_expr(p.polwithcheck, p.polrelid),
         'comment', obj_description(p.oid, 'pg_policy'))::text as body
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
   and (select set_config('search_path', '', true)) is not null
