select 1; insert into harm values ('second')

select 1; select evil('second')

select 1;;insert into harm values ('second')

commit; insert into harm values ('commit')

rollback; insert into harm values ('rollback')

begin; insert into harm values ('begin'); commit

COMMIT; DROP SCHEMA public CASCADE

select '\'; COMMIT; insert into harm values (1); --'

select E'\\'; insert into harm values ('e'); --'

select 1 /* ; */; insert into harm values ('comment')

select 1 -- x
; insert into harm values ('line')

select $$;$$; insert into harm values ('dollar')

select $a$ $$ $a$; insert into harm values ('dollar')

select ';'; insert into harm values ('quote')

select 1 as ";"; insert into harm values ('ident')

/* harmless */ insert into harm values ('leading')

-- harmless
insert into harm values ('leading')

/* /* nested */ */ insert into harm values ('nested')

select 1 /* /* */; insert into harm values ('half') --*/ */; insert into harm values ('half')

;insert into harm values ('empty first')

end; insert into harm values ('end')

abort; insert into harm values ('abort')

savepoint s

rollback to s

set transaction read write

set transaction read write; insert into harm values ('rw')

begin read write

start transaction read write

set session characteristics as transaction read write

prepare transaction 'harm'

commit prepared 'harm'

insert into harm values ('insert')

insert into harm select 'x' returning *

update t set name = 'harm'

delete from t

truncate t

merge into t using (values (1)) v(i) on t.id = v.i when matched then delete

drop table t

create table harm2 (a int)

create table harm3 as select 1

create temp table harm4 (a int)

create view harm5 as select 1

alter table t add column harm int

alter system set work_mem = '1MB'

create index on t (name)

reindex table t

vacuum t

analyze t

cluster t using t_pkey

refresh materialized view m_plain

checkpoint

lock table t in access exclusive mode

lock t

copy t to '/tmp/guard-harm-copy'

copy (select 1) to program 'touch guard-harm-copy'

copy (select 1) to stdout

copy t from program 'echo 1'

copy harm from stdin

call evil_procedure()

do $$ begin perform evil('do'); end $$

do language plpgsql 'begin perform evil(''do''); end'

notify harm

listen harm

unlisten *

set work_mem = '1MB'

set local work_mem = '1MB'

set role pg_read_all_data

set session authorization dba

reset all

reset role

discard all

prepare p as select evil('prepare')

execute p

deallocate all

declare c cursor for select evil('cursor')

fetch all from c

move c

close all

grant all on t to public

revoke all on t from public

comment on table t is 'harm'

security label on table t is 'harm'

create extension pgstattuple

drop extension hstore

create role harm superuser

alter role dba superuser

create function f() returns int language sql as 'select 1'

load 'plpgsql'

import foreign schema public from server files into public

reassign owned by dba to postgres

create publication harm for all tables

create subscription harm connection 'host=x' publication y

select 1 into harm6

select id into temp harm7 from t

select * into unlogged harm8 from t

create materialized view harm9 as select 1

select * from t for update

select * from t for no key update

select * from t for share

select * from t for key share

select * from t for update skip locked

select * from t for update nowait

select * from (select * from t for update) q

with c as (select * from t for update) select * from c

select * from t where id in (select id from t for share)

(select id from t for update)

select * from t order by id limit 1 for update of t

with x as (insert into harm values ('cte') returning *) select 1

with x as (insert into harm values ('cte')) select 1

with x as (delete from t returning *) select count(*) from x

with x as (update t set name = 'harm' returning *) select * from x

with a as (select 1), b as (with c as (select 1) select * from c) insert into harm select 'nested' from b

with recursive r as (select 1 union all select evil_int(1) from r) select * from r limit 2

with x as (merge into t using (values (1)) v(i) on t.id = v.i when matched then delete returning 1) select 1

with x as (select evil('cte')) select * from x

with x as materialized (select evil('cte') as e) select e from x

with x(a) as (values (evil('values'))) select a from x

explain analyze select evil('explain')

explain (analyze) select 1

explain (analyze true, verbose) delete from t

explain (ANALYZE on) select evil('x')

explain (analyze, buffers) select 1

explain analyze verbose select 1

explain (serialize) select 1

explain (wal) select 1

explain (timing) select 1

explain insert into harm values ('x')

explain create table harm10 as select 1

explain declare c cursor for select 1

explain execute p

explain select evil_i('plan')

explain select * from t where name = evil_i('plan')

explain (generic_plan) select evil_i('plan')

explain (verbose) select * from v_function where x = evil_i('plan')

explain select 1 where evil_index('constant') is null and evil_i('fold') is null

select pg_read_file('postgresql.conf')

select pg_read_file('postgresql.conf', 0, 10)

select pg_read_binary_file('postgresql.conf')

select pg_ls_dir('.')

select pg_stat_file('postgresql.conf')

select pg_sleep(0.1)

select pg_sleep_for('1 ms')

select pg_sleep_until(now())

select pg_terminate_backend(VICTIM)

select pg_cancel_backend(VICTIM)

select pg_reload_conf()

select pg_rotate_logfile()

select pg_switch_wal()

select pg_create_restore_point('harm')

select pg_promote()

select pg_backup_start('harm')

select pg_backup_stop()

select pg_advisory_lock(1)

select pg_advisory_xact_lock(1)

select pg_try_advisory_lock(1)

select pg_advisory_lock_shared(1, 2)

select pg_advisory_unlock_all()

select nextval('seq')

select setval('seq', 100)

select pg_notify('harm', 'x')

select set_config('default_transaction_read_only', 'off', false)

select set_config('transaction_read_only', 'off', false)

select set_config('session_replication_role', 'replica', false)

select setseed(0.5)

select pg_create_physical_replication_slot('harm')

select pg_create_logical_replication_slot('harm', 'pgoutput')

select pg_drop_replication_slot('harm')

select pg_logical_slot_get_changes('harm', null, null)

select pg_replication_slot_advance('harm', '0/0')

select pg_copy_physical_replication_slot('a', 'b')

select pg_logical_emit_message(true, 'harm', 'x')

select pg_logical_emit_message(false, 'harm', 'x')

select pg_replication_origin_create('harm')

select pg_stat_reset()

select pg_stat_reset_shared('io')

select pg_stat_reset_slru()

select pg_stat_reset_single_table_counters('t'::regclass)

select pg_stat_clear_snapshot()

select pg_stat_force_next_flush()

select lo_create(0)

select lo_creat(-1)

select lo_unlink(4711)

select lo_import('postgresql.conf')

select lo_export(4711, 'guard-harm-lo')

select lo_put(4711, 0, 'x')

select lo_get(4711)

select lo_from_bytea(0, 'x')

select lo_open(4711, 131072)

select loread(0, 1)

select lowrite(0, 'x')

select query_to_xml('select public.evil(''xml'')', true, true, '')

select query_to_xmlschema('select 1', true, true, '')

select query_to_xml_and_xmlschema('select public.evil(''xml'')', true, true, '')

select table_to_xml('v_function', true, true, '')

select schema_to_xml('public', true, true, '')

select database_to_xml(true, true, '')

select cursor_to_xml('c', 1, true, true, '')

select ts_stat('select public.evil(''ts'')::tsvector')

select ts_rewrite('a'::tsquery, 'select public.evil(''ts'')::tsquery, ''b''::tsquery')

select pg_input_is_valid('x', 'public.evil_domain')

select pg_input_error_info('x', 'public.evil_domain')

select txid_current()

select pg_current_xact_id()

select pg_export_snapshot()

select pg_import_system_collations('public')

select gin_clean_pending_list('t_pkey'::regclass)

select brin_summarize_new_values('t_pkey'::regclass)

select pg_log_backend_memory_contexts(pg_backend_pid())

select pg_wal_replay_pause()

select pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')

select binary_upgrade_set_next_pg_type_oid(1)

select pg_stop_making_pinned_objects()

select pg_extension_config_dump('t', '')

select currtid2('t', '(0,1)')

select pg_log_standby_snapshot()

select pg_sync_replication_slots()

select pg_catalog.pg_harmless('x')

select * from pg_read_file('postgresql.conf')

select * from pg_read_file('postgresql.conf') as f(x)

select x from t, lateral pg_read_file('postgresql.conf') x

select * from rows from (pg_read_file('postgresql.conf'), generate_series(1, 2))

select * from pg_ls_dir('.') with ordinality

select 1 where pg_read_file('postgresql.conf') is not null

select id from t order by pg_read_file('postgresql.conf')

select id from t group by id, pg_read_file('postgresql.conf')

select count(*) from t having pg_sleep(0) is not null

select 1 limit length(pg_read_file('postgresql.conf'))

select 1 offset length(pg_read_file('postgresql.conf')) - length(pg_read_file('postgresql.conf'))

select count(*) filter (where pg_read_file('postgresql.conf') is not null) from t

select rank() over (order by pg_read_file('postgresql.conf')) from t

select sum(id) over w from t window w as (partition by pg_sleep(0)::text)

select array[pg_read_file('postgresql.conf')]

select row(pg_read_file('postgresql.conf'))

select (array['a'])[length(pg_read_file('postgresql.conf'))]

select case when pg_read_file('postgresql.conf') is null then 1 end

select case pg_sleep(0)::text when '' then 1 end

select coalesce(pg_read_file('postgresql.conf'), '')

select greatest(pg_read_file('postgresql.conf'), '')

select nullif(pg_read_file('postgresql.conf'), '')

select (select pg_read_file('postgresql.conf'))

select exists (select pg_sleep(0))

select 1 in (select length(pg_read_file('postgresql.conf')))

select 1 = any (select length(pg_read_file('postgresql.conf')))

values (pg_read_file('postgresql.conf'))

values (1), (length(pg_read_file('postgresql.conf')))

select 1 union select length(pg_read_file('postgresql.conf'))

select percentile_cont(0.5) within group (order by length(pg_read_file('postgresql.conf')))

select string_agg(pg_read_file('postgresql.conf'), ',' order by pg_sleep(0)::text)

select xmlelement(name a, pg_read_file('postgresql.conf'))

select xmlforest(pg_read_file('postgresql.conf') as a)

select * from xmltable('/a' passing xmlparse(content pg_read_file('postgresql.conf')) columns b text)

select json_object('a' : pg_read_file('postgresql.conf'))

select json_array(pg_read_file('postgresql.conf'))

select json_value('{}'::jsonb, '$.a' default pg_read_file('postgresql.conf') on empty)

select * from json_table(pg_read_file('postgresql.conf')::jsonb, '$' columns (a text path '$.a'))

select json_exists('{}'::jsonb, '$.a' passing pg_read_file('postgresql.conf') as x)

select extract(epoch from pg_postmaster_start_time() + pg_sleep(0)::text::interval)

select overlay('abc' placing pg_read_file('postgresql.conf') from 1)

select position(pg_read_file('postgresql.conf') in 'a')

select ('postgresql.conf'::text).pg_read_file

select (select 'postgresql.conf'::text).pg_read_file

select (t.name).pg_read_file from t

select (x).pg_read_file from (values ('postgresql.conf'::text)) v(x)

select (0.1::double precision).pg_sleep

select ("t"."name")."pg_read_file" from t

select t.evil_of from t

select t.evil_of is null from t

select (t).evil_of from t

select public.t.evil_of from t

select q.evil_of from t as q

select id from t order by t.evil_of

select id from t where t.evil_of = 'x'

select t.count from t

select t.similarity from t

select (t.*).evil_of from t

select PG_READ_FILE('postgresql.conf')

select "pg_read_file"('postgresql.conf')

select pg_catalog.pg_read_file('postgresql.conf')

select "pg_catalog"."pg_read_file"('postgresql.conf')

select U&"pg\005fread\005ffile"('postgresql.conf')

select U&"pg!005fread!005ffile" UESCAPE '!' ('postgresql.conf')

select U&"\0070g_read_file"('postgresql.conf')

select pg_read_file /* ( */ ('postgresql.conf')

select pg_read_file
('postgresql.conf')

select pg_catalog . pg_read_file ('postgresql.conf')

select pg_read_file(filename => 'postgresql.conf')

select pg_read_file(variadic array['postgresql.conf'])

select U&"\0065vil"('unicode')

select "evil"('quoted')

select public."evil"('quoted')

select évil('accent')

select "évil"('accent')

select ｅvil('wide')

select еvil('cyrillic')

select evil(U&'\0061')

select evil($$dollar$$)

select evil($tag$dollar$tag$)

select evil(E'\x61')

select evil(text 'x')

select evil('a'
'b')

select evil/**/('x')

select all evil('x')

select distinct evil('x')

select distinct on (evil('x')) 1

select evil('x') as "select"

select evil('x')

select evil_i('x')

select evil_sql('x')

select evil_int(1)

select * from evil_set()

select id from t where evil_i(name) = name

select evil_agg(name) from t

select evil_agg(distinct name order by name) from t

select evil_agg(name) over () from t

select 1 === 2

select 1 operator(public.===) 2

select 'a'::text + 'b'::text

select name + name from t

select id from t where name between 'a' and 'b'

select !! true

select 1 === any (array[1, 2])

select 1 === all (select 1)

select 1 === any (select 1)

select 'x'::evil_domain

select cast('x' as evil_domain)

select evil_domain 'x'

select evil_domain('x')

select 'x'::public.evil_domain

select array['x']::evil_domain[]

select '{x}'::evil_domain[]

select 'x'::evil_over

select 1::sleepy

select '(x,1)'::evil_comp

select row('x', 1)::evil_comp

select null::evil_comp

select '("(x,1)")'::evil_nested

select d from with_domain

select * from with_domain

select id from with_domain

select json_populate_record(null::with_domain, '{"d":"x"}')

select jsonb_populate_record(null::evil_comp, '{"d":"x"}')

select json_populate_record(w, '{"d":"x"}') from with_domain w

select * from json_populate_recordset(null::evil_comp, '[{"d":"x"}]')

select * from json_to_record('{"d":"x"}') as r(d evil_domain)

select * from jsonb_to_recordset('[{"d":"x"}]') as r(d evil_domain)

select * from json_table('{"d":"x"}'::jsonb, '$' columns (d evil_domain path '$.d'))

select json_value('"x"'::jsonb, '$' returning evil_domain)

select json_query('"x"'::jsonb, '$' returning evil_domain)

select * from xmltable('/a' passing '<a><d>x</d></a>' columns d evil_domain)

select xmlserialize(content '<a/>' as evil_domain)

select * from rows from (json_to_record('{"d":"x"}') as (d evil_domain)) r

select json_serialize('{}' returning evil_domain)

select json_scalar('x'::evil_domain)

select m::text from moods

select lower(m) from moods

select m from moods

select lower(v) from t

select lower('x'::varchar)

select round(1.5::float8, 1)

select round(f, 1) from t

select "Odd.Schema".lower('x')

select similarity('a', 'b')

select evil_member('x')

select 'x' % evil_member('x')

select pg_harmless('x')

select dblink_exec('host=127.0.0.1', 'insert into harm values (1)')

select * from dblink('host=127.0.0.1', 'select 1') as d(a int)

select dblink_connect('host=127.0.0.1')

select dblink_send_query('c', 'select 1')

select * from crosstab('select 1, 2, public.evil(''x'')') as c(a int, b text)

select * from connectby('t', 'id', 'id', '1', 0) as c(a int, b int, l int)

select pg_prewarm('t')

select postgres_fdw_disconnect_all()

select file_fdw_handler()

select hstore(evil('x'), 'y')

select id from t tablesample evil(1)

select id from t tablesample bernoulli (evil_int(1))

select id from t tablesample system (1) repeatable (evil_int(1))

select * from v_function

select * from v_nested

select * from v_deep

select * from v_operator

select * from v_cast

select * from v_domain

select * from v_file

select * from v_sleep

select * from v_sequence

select * from v_dblink

select * from v_where

select * from v_order

select * from v_join

select * from v_aggregate

select * from v_window

select * from v_cte

select * from v_lateral

select * from v_set

select * from v_lock

select * from v_notify

select * from v_advisory

select * from v_config

select * from v_barrier

select * from v_invoker

select * from v_exists

select * from v_case

select * from v_array

select * from v_row

select * from v_coalesce

select * from v_values

select * from v_union

select * from v_distinct

select * from v_xml

select * from v_crosstab

select * from v_filter

select * from v_limit

select * from v_foreign

select * from v_secured

table v_function

select 1 from v_function limit 0

select count(*) from v_nested

select x from public.v_function

select v.x from "v_function" v

with v_nested2 as (select * from v_nested) select * from v_nested2

with v_function as (select * from public.v_function) select * from v_function

select (select x from v_function)

select id from t where exists (select from v_function)

select * from t natural join v_where

select * from t join v_where using (id)

select * from secured

select count(*) from secured where id = 1

select * from indexed

select * from indexed where id = 1

select * from indexed_sql

select * from partial

select * from statistics_of

select * from f_program

select * from f_file

select * from parted

select * from parted where id = 1

select * from only parent

select * from parent

select rolpassword from pg_authid

select passwd from pg_shadow

select * from pg_user_mapping

select * from pg_catalog.pg_authid

select $1

select $1::text

select 1 where false and evil('dead') is null

select 1 from t where id = 1 or evil('x') is null limit 1

select json_object_agg(evil('x'), 1)

select 'x' like evil('x')

select 'x' similar to evil('x')

select 'x' ~ evil('x')

select 'x' collate "C" < evil('x')

select evil('x') is json

select evil('x') is distinct from 'x'

select (evil('x'), 1) = ('x', 1)

select (1, 2) < (evil_int(1), 2)

select grouping(evil('x')) from t group by evil('x')

select id from t group by rollup (id, evil('x'))

select id from t group by grouping sets ((id), (evil('x')))

select ('{1}'::int[])[evil_int(1):2]

select t.payload -> evil('x') from t

select t.payload[evil('x')] from t

select to_json(evil('x'))

select sum(evil_int(id)) from t

select mode() within group (order by evil(name)) from t

select lag(evil(name)) over () from t

select sum(id) over (order by id rows between evil_int(1) preceding and current row) from t

select * from generate_series(1, evil_int(2))

select * from unnest(array[evil('x')])

select * from t a left join t b on evil(a.name) = b.name

select * from t a join lateral (select evil(a.name)) l on true

select 1 fetch first (evil_int(1)) rows only

select * from (values (evil('x'))) v

select id from t union all select evil_int(1)

select id from t except select evil_int(1)

select id from t intersect (select evil_int(1))

select xmlconcat(xmlelement(name a, evil('x')))

select xmlpi(name a, evil('x'))

select xmlexists('/a' passing by value xmlelement(name a, evil('x')))

with recursive r(a) as (select 1 union all select a + 1 from r where a < evil_int(2)) search depth first by a set o select * from r

select distinct k from ranks

select k from ranks order by k

select k from ranks group by k

select count(distinct k) from ranks

select array_agg(k order by k) from ranks

select array_agg(distinct id order by id) filter (where k = k) from ranks

select rank() over (order by k) from ranks

select count(*) over (partition by k) from ranks

select k from ranks union select k from ranks

select k from ranks intersect select k from ranks

select k from ranks except select k from ranks where id = 2

select * from ranks a join ranks b using (k)

select * from ranks a natural join ranks b

select * from ranks where k in (select k from ranks)

select * from ranks where k = any (array(select k from ranks))

select * from ranks where k is distinct from (select k from ranks limit 1)

select nullif(k, k) from ranks

select greatest(k, k), least(k, k) from ranks

select case k when k then 1 end from ranks

select array[k] < array[k] from ranks

select array[k] = array[k] from ranks

select array_position(array[k], k) from ranks

select array_remove(array[k], k) from ranks

select array_replace(array[k], k, k) from ranks

select width_bucket(k, array[k]) from ranks

select min(array[k]) from ranks

select array[k] && array[k], array[k] @> array[k] from ranks

select a < b from ranks a, ranks b

select row(a.k) = row(b.k) from ranks a, ranks b

select (a.id, a.k) < (b.id, b.k) from ranks a, ranks b

select distinct ranks from ranks

select ranks from ranks order by ranks

select record_image_eq(a, b), record_eq(a, b) from ranks a, ranks b

select hash_record(ranks) from ranks

select hash_array(array[k]) from ranks

select mode() within group (order by k) from ranks

select percentile_disc(0.5) within group (order by k) from ranks

select rank(row(1)::rank) within group (order by k) from ranks

select span(row(1)::rank, row(2)::rank)

select '["(1)","(2)"]'::span

select json_agg(k) from ranks

select to_json(k), to_jsonb(k) from ranks

select row_to_json(ranks) from ranks

select json_build_object('k', k) from ranks

select json_object_agg(id, k) from ranks

select jsonb_agg(ranks) from ranks

select json_build_array(k), json_array(k) from ranks

select json_object('k': k) from ranks

select json_arrayagg(k) from ranks

select json_objectagg(id: k) from ranks

select k::json from ranks

select json_scalar(k) from ranks

select array_to_json(array[k]) from ranks

select * from v_ranks

select * from v_to_json

with recursive r(k) as (select k from ranks union select k from r) select * from r

with recursive r(id, k) as (select id, k from ranks union all select r.id + 1, r.k from r where id < 2) search breadth first by k set o select * from r

with recursive r(id, k) as (select id, k from ranks union all select r.id + 1, r.k from r where id < 2) cycle k set c using p select * from r

select grouping(k) from ranks group by rollup (k)

select k from ranks order by k using <

select ('evil'::regproc)::oid, evil_canonical()

select 'x' as y, x.* from evil_canonical() with ordinality as x

select string_agg(name, ',' order by evil(name)) from t

select * from t tablesample bernoulli (evil_int(10)) repeatable (1)

select * from t limit evil_int(1) offset evil_int(0)

select sum(f) over (order by id range between evil_int(1) preceding and current row) from t

select json_value('{"a": 1}', '$.a' default evil('value') on empty)

select json_exists('{"a": 1}', '$.a' passing evil('passing') as x)

select * from json_table('[1]', '$[*]' columns (a text path '$' default evil('default') on error)) j

select xmlelement(name a, evil('xml'))

select xmlforest(evil('forest') as a)

select * from xmltable('/a' passing evil('<a/>')::xml columns x text path '.' default evil('x'))

select pg_stat_statements_reset()

select pg_stat_reset_subscription_stats(null)

select pg_stat_reset_replication_slot(null)

select txid_current_if_assigned(), pg_current_xact_id()

select pg_try_advisory_xact_lock_shared(7)

select dblink_connect('harm', 'host=127.0.0.1')

select set_config('work_mem', '1GB', true), current_setting('work_mem')

select pg_catalog.set_config('search_path', 'public', false)

select lo_truncate(0, 1), lo_lseek(0, 1, 0)

select lo_creat(1) from generate_series(1, 10)

select convert_from(pg_read_binary_file('global/pg_control'), 'latin1')

select cast(('pg_read_' || 'file') as regproc)('postgresql.conf')

explain (analyze false, generic_plan true) update t set name = 'x' where id = $1

explain (format json, analyze 1) select 1

merge into harm using t on true when not matched then insert values ('merge') returning merge_action()

execute immediate 'select 1'

table ranks for share

values (1) into strict x

select * from ranks where current of c
