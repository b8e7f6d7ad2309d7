-- Makes a function of this session only that puts tenant policies on a table and its partitions.
-- since: 16
-- timeout: 30s
-- params: none
-- units: none
create function pg_temp.lakebaseops_isolate(
    schema_name text, table_name text, column_name text, mode text, setting text,
    owner_name text, role_names text[])
    returns void language plpgsql as $isolate$
declare
    place record;
    own text;
    role_name text;
begin
    if pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema_name, table_name)) is null then
        raise exception 'there is no table %.%', schema_name, table_name using errcode = 'undefined_table';
    end if;
    execute pg_catalog.format('grant create, usage on schema %I to %I', schema_name, owner_name);
    foreach role_name in array role_names loop
        execute pg_catalog.format('grant usage on schema %I to %I', schema_name, role_name);
        execute pg_catalog.format('grant select, insert, update, delete on table %I.%I to %I',
                                  schema_name, table_name, role_name);
    end loop;
    for place in
        select pg_catalog.format('%I.%I', n.nspname, c.relname) as name
          from pg_catalog.pg_depend d
          join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'S'
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where d.classid = 'pg_catalog.pg_class'::regclass and d.deptype = 'a'
           and d.refobjid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema_name, table_name))
    loop
        foreach role_name in array role_names loop
            execute pg_catalog.format('grant usage on sequence %s to %I', place.name, role_name);
        end loop;
    end loop;
    for place in
        with recursive tree as (
            select pg_catalog.to_regclass(pg_catalog.format('%I.%I', schema_name, table_name))::oid as oid,
                   0 as depth
            union
            select i.inhrelid, t.depth + 1
              from tree t
              join pg_catalog.pg_inherits i on i.inhparent = t.oid
        )
        select t.oid, t.depth, pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
               pg_catalog.format_type(a.atttypid, a.atttypmod) as type
          from tree t
          join pg_catalog.pg_class c on c.oid = t.oid
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
          left join pg_catalog.pg_attribute a
            on a.attrelid = t.oid and a.attname = column_name and a.attnum > 0 and not a.attisdropped
         order by t.depth desc, 3
    loop
        if place.type is null then
            raise exception '% has no column %', place.name, column_name using errcode = 'undefined_column';
        end if;
        own := pg_catalog.format(
            '%I = ANY (ARRAY(SELECT m.tenant::%s FROM lakebaseops_rls.tenant_roles m'
            || ' WHERE m.schema_name = %L AND pg_catalog.pg_has_role(m.tenant_role, ''USAGE'')%s))',
            column_name, place.type, schema_name,
            case mode when 'setting' then pg_catalog.format(
                ' AND m.tenant = NULLIF(pg_catalog.current_setting(%L, true), '''')', setting)
            else '' end);
        execute pg_catalog.format('create policy tenant_isolation_select on %s as permissive'
            || ' for select to public using (%s)', place.name, own);
        execute pg_catalog.format('create policy tenant_isolation_insert on %s as permissive'
            || ' for insert to public with check (%s)', place.name, own);
        execute pg_catalog.format('create policy tenant_isolation_update on %s as permissive'
            || ' for update to public using (%s) with check (%s)', place.name, own, own);
        execute pg_catalog.format('create policy tenant_isolation_delete on %s as permissive'
            || ' for delete to public using (%s)', place.name, own);
        -- Restrictive: no other permissive policy of the table can widen what ours allow.
        execute pg_catalog.format('create policy tenant_isolation_guard on %s as restrictive'
            || ' for all to public using (%s) with check (%s)', place.name, own, own);
        execute pg_catalog.format('alter table %s enable row level security, force row level security',
                                  place.name);
        execute pg_catalog.format('alter table %s owner to %I', place.name, owner_name);
    end loop;
end $isolate$
