select 1

select 1 as one, 'two' as two, null, true, 1.5, 1e3, b'101', x'ff', interval '1 day', date '2026-01-01'

values (1, 'a'), (2, 'b')

table shop.orders

(select 1) union all (select 2) order by 1 limit 1

select * from shop.orders

select * from orders

select count(*) from orders

select id, total from orders where placed > now() - interval '7 days' order by total desc limit 10

select id from orders where status = 'paid' and total between 10 and 100

select id from orders where status in ('paid', 'open') or note is null

select id from orders where note like '%rush%' and note not ilike 'x%'

select id from orders where note similar to '(a|b)%'

select id from orders where note ~ '^r' and note !~* 'z$'

select id from orders where not (total < 5) and placed is not null

select id from orders where (status, total) = ('paid', 10)

select id from orders where total > all (select avg(total) from orders)

select id from orders where total = any (array[10, 20])

select id from orders o where exists (select 1 from items i where i.order_id = o.id)

select id from orders o where not exists (select from items i where i.order_id = o.id)

select distinct status from orders

select distinct on (customer_id) customer_id, id from orders order by customer_id, placed desc

select o.id, c.name from orders o join customers c on c.id = o.customer_id

select * from orders o left join items i on i.order_id = o.id where i.order_id is null

select * from orders full join items on items.order_id = orders.id

select * from customers cross join generate_series(1, 2) g

select * from items join products using (product_id)

select * from items natural join products

select o.id, l.n from orders o, lateral (select count(*) as n from items i where i.order_id = o.id) l

select status, count(*), sum(total), avg(total), min(placed), max(placed) from orders group by status having count(*) > 1

select status, date_trunc('day', placed), count(*) from orders group by rollup (1, 2)

select status, customer_id, grouping(status, customer_id), count(*) from orders group by cube (status, customer_id)

select status, customer_id, count(*) from orders group by grouping sets ((status), (customer_id), ())

select count(*) filter (where status = 'paid'), count(distinct customer_id) from orders

select string_agg(status::text, ', ' order by status), array_agg(id order by id desc), json_agg(total), jsonb_object_agg(id, total) from orders

select bool_and(total > 0), bool_or(total > 100), every(total > 0), bit_and(customer_id), bit_or(customer_id) from orders

select percentile_cont(0.95) within group (order by total) from orders

select percentile_cont(array[0.5, 0.9, 0.99]) within group (order by total::float8) from orders

select percentile_disc(0.5) within group (order by total), mode() within group (order by status) from orders

select rank(50) within group (order by total), dense_rank(50) within group (order by total), cume_dist(50) within group (order by total) from orders

select stddev(total), stddev_pop(total), variance(total), var_samp(total), corr(total, id), covar_pop(total, id), regr_slope(total, id), regr_r2(total, id) from orders

select id, row_number() over (order by placed) from orders

select id, rank() over (partition by status order by total desc), dense_rank() over w, percent_rank() over w from orders window w as (partition by customer_id order by total)

select id, lag(total) over (order by id), lead(total, 2, 0) over (order by id), first_value(total) over (order by id), last_value(total) over (order by id) from orders

select id, sum(total) over (order by placed rows between 6 preceding and current row) from orders

select id, avg(total) over (order by placed range between interval '1 day' preceding and current row) from orders

select id, count(*) over (order by total groups between 1 preceding and 1 following exclude ties) from orders

select ntile(4) over (order by total), nth_value(id, 2) over (order by total), cume_dist() over (order by total) from orders

with recent as (select * from orders where placed > now() - interval '30 days') select count(*) from recent

with a as (select 1 as x), b as materialized (select x + 1 as y from a) select * from a, b

with recursive n(i) as (select 1 union all select i + 1 from n where i < 100) select sum(i) from n

with recursive tree as (select id, parent_id, 1 as level from categories where parent_id is null union all select c.id, c.parent_id, t.level + 1 from categories c join tree t on c.parent_id = t.id) select * from tree

with recursive tree(id, parent_id) as (select id, parent_id from categories union all select c.id, c.parent_id from categories c join tree t on c.parent_id = t.id) search depth first by id set ord select * from tree order by ord

with recursive tree(id, parent_id) as (select id, parent_id from categories union all select c.id, c.parent_id from categories c join tree t on c.parent_id = t.id) cycle id set looped using path select * from tree

with recursive fib(a, b) as (values (0, 1) union all select b, a + b from fib where b < 1000) select a from fib

select id from orders union select id from customers

select id from orders intersect select id from customers

select id from orders except all select id from customers

select case when total > 100 then 'big' when total > 10 then 'middle' else 'small' end, count(*) from orders group by 1

select case status when 'paid' then 1 else 0 end from orders

select coalesce(note, '-'), nullif(status, 'sent'), greatest(1, total), least(1, total) from orders

select total::int, cast(total as text), placed::date, id::text || 'x' from orders

select 'shop.orders'::regclass, 'shop.orders'::regclass::oid, 'now'::regproc, 'int4'::regtype, 'postgres'::regrole, 'shop'::regnamespace

select array[1, 2, 3], (array[1, 2, 3])[2], (array[1, 2, 3])[1:2], array[[1, 2], [3, 4]]

select array_length(array[1, 2], 1), cardinality(array[1]), array_position(array['a', 'b'], 'b'), array_append(array[1], 2), array_cat(array[1], array[2]), array_remove(array[1, 2], 1), array_to_string(array[1, 2], ','), string_to_array('a,b', ',')

select unnest(array[1, 2]), generate_series(1, 2)

select * from unnest(array[1, 2], array['a', 'b']) with ordinality as u(n, s, o)

select * from rows from (generate_series(1, 3), unnest(array['a', 'b'])) as r(a, b)

select g::date from generate_series('2026-01-01'::timestamptz, '2026-01-10', '1 day') g

select row(1, 'a'), (1, 'a'), row(o.*) from orders o limit 1

select o from orders o limit 1

select (c.address).city, (c.address).* from customers c

select o.placed at time zone 'UTC', extract(epoch from placed), extract(dow from placed), date_part('hour', placed), age(placed), age(now(), placed) from orders o

select now(), current_timestamp, clock_timestamp(), statement_timestamp(), transaction_timestamp(), localtime, localtimestamp, current_date, current_time, timeofday()

select current_user, session_user, current_role, user, current_catalog, current_schema, current_database(), current_schemas(true), version(), pg_backend_pid(), inet_server_port()

select to_char(now(), 'YYYY-MM-DD HH24:MI:SS'), to_char(1234.5, 'FM9G999D00'), to_date('2026', 'YYYY'), to_timestamp(0), to_number('1,2', '9G9'), make_date(2026, 1, 1), make_interval(days => 2), justify_interval('30 days'), date_bin('15 minutes', now(), '2020-01-01')

select lower('A'), upper('b'), initcap('c d'), length('abc'), octet_length('abc'), char_length('x'), substring('abc' from 2 for 1), substring('abc' from 'b.'), position('b' in 'abc'), overlay('abc' placing 'X' from 2), trim(both ' ' from ' x '), ltrim('x'), rpad('x', 5, '-'), left('abc', 2), right('abc', 1), repeat('ab', 3), replace('abc', 'b', 'x'), reverse('abc'), split_part('a.b', '.', 2), translate('abc', 'ab', 'xy'), concat('a', 1), concat_ws(',', 'a', 'b'), format('%s %I %L', 'a', 'B', 'c'), quote_ident('A'), quote_literal('x'), md5('x'), sha256('x'), encode('\x01', 'hex'), decode('01', 'hex'), ascii('a'), chr(97), starts_with('abc', 'a'), strpos('abc', 'c'), to_hex(255)

select regexp_replace('abc', 'b', 'x', 'g'), regexp_matches('a1', '\d'), regexp_match('a1', '\d'), regexp_split_to_array('a b', ' '), regexp_split_to_table('a b', ' '), regexp_count('aa', 'a'), regexp_instr('ab', 'b'), regexp_substr('ab', 'b'), regexp_like('a', 'A', 'i')

select abs(-1), ceil(1.2), floor(1.2), round(1.25, 1), trunc(1.25, 1), mod(5, 2), power(2, 3), sqrt(4), ln(2), log(100), exp(1), sign(-1), random(), pi(), degrees(1), sin(1), width_bucket(5, 0, 10, 5), gcd(4, 6), div(7, 2), scale(1.10), factorial(5)

select 5 % 2, 2 ^ 3, |/ 4, @ -1, 5 & 3, 5 | 3, 5 # 3, ~ 5, 1 << 2, 8 >> 1, 'a' || 'b', -(-1)

select payload -> 'a', payload ->> 'a', payload #> '{a,b}', payload #>> '{a}', payload ? 'a', payload ?| array['a'], payload ?& array['a'], payload @> '{"a": 1}', payload <@ '{}', payload - 'a', payload || '{"z": 1}', payload @? '$.a', payload @@ '$.a > 1' from orders

select payload['a'], payload['b']['c'] from orders

select jsonb_path_query(payload, '$.items[*] ? (@.qty > $min)', '{"min": 1}'), jsonb_path_exists(payload, '$.a'), jsonb_path_query_array(payload, '$.*'), jsonb_path_query_first(payload, '$.a') from orders

select jsonb_build_object('a', 1, 'b', array[1]), jsonb_build_array(1, 'x'), to_jsonb(now()), row_to_json(o), jsonb_pretty(payload), jsonb_typeof(payload), jsonb_set(payload, '{a}', '2'), jsonb_insert('[]', '{0}', '1'), jsonb_strip_nulls(payload) from orders o limit 2

select k, v from orders, jsonb_each(payload) as e(k, v)

select jsonb_object_keys(payload), jsonb_array_elements('[1, 2]'), jsonb_array_elements_text('["a"]'), jsonb_array_length('[1]'), json_each_text('{"a": 1}') from orders

select * from jsonb_to_record('{"a": 1, "b": "x"}') as r(a int, b text)

select * from jsonb_to_recordset('[{"a": 1}]') as r(a int, b numeric)

select * from jsonb_populate_record(null::shop.address, '{"city": "Bonn"}')

select * from json_table('[{"a": 1}, {"a": 2}]'::jsonb, '$[*]' columns (n for ordinality, a int path '$.a' default 0 on empty, has bool exists path '$.b', nested path '$.c[*]' columns (d text path '$')))

select json_value(payload, '$.a' returning int default 0 on empty), json_query(payload, '$.b' with wrapper), json_exists(payload, '$.a') from orders

select json_object('a' : 1, 'b' : 2 absent on null), json_array(1, 2, null null on null), json_arrayagg(id order by id), json_objectagg(id : status), json('{}'), json_scalar(1), json_serialize('{}'), '{}' is json object from orders group by ()

select xmlelement(name order, xmlattributes(id as id), xmlforest(total as total)), xmlagg(xmlelement(name x, id)), xpath('/a/b', '<a><b/></a>'::xml) from orders group by id, total limit 1

select * from xmltable('/r/i' passing xml '<r><i k="1"/></r>' columns k int path '@k', n for ordinality)

select xmlserialize(content '<a/>'::xml as text), xmlparse(document '<a/>'), xmlconcat('<a/>', '<b/>'), xml_is_well_formed('<a/>'), '<a/>' is document

select to_tsvector('english', note) @@ to_tsquery('english', 'rush & order'), ts_rank(to_tsvector(note), plainto_tsquery('x')), ts_headline(note, websearch_to_tsquery('rush')) from orders

select setweight(to_tsvector('simple', 'a b'), 'A') || to_tsvector('c'), strip(to_tsvector('a')), numnode('a & b'::tsquery), phraseto_tsquery('a b')

select int4range(1, 5) @> 3, int4range(1, 5) && int4range(4, 8), lower(int4range(1, 5)), upper_inf('[1,)'::int4range), tstzrange(now(), null), range_agg(int4range(1, 3)), int4multirange(int4range(1, 2)) from orders group by ()

select '10.0.0.1'::inet << '10.0.0.0/8', host('10.0.0.1'::inet), masklen('10.0.0.0/8'), network('10.0.0.1/8'), inet_merge('10.0.0.1', '10.0.0.2')

select point(1, 2) <-> point(2, 3), circle '<(0,0),1>' @> point '(0,0)', box '((0,0),(1,1))' && box '((0,0),(2,2))', area(circle '<(0,0),1>')

select 'mood'::text::bytea, get_byte('\x01'::bytea, 0), bit_count('\x07'::bytea), '{1,2}'::int[] @> '{1}', '{1,2}'::int[] && '{2}', uuid '00000000-0000-0000-0000-000000000000', gen_random_uuid()

select (date '2026-01-01', date '2026-02-01') overlaps (date '2026-01-15', interval '1 day'), date '2026-01-01' + 7, now() - interval '1 hour' < now()

select * from orders tablesample bernoulli (10) repeatable (1)

select * from orders tablesample system (50)

select id from orders order by total desc nulls last, id using > offset 2 rows fetch first 5 rows only

select id from orders order by total fetch first 3 rows with ties

select note collate "C" from orders order by note collate "C"

select total is distinct from 10, note is not distinct from null, (total > 1) is true, (note = '') is not unknown from orders

select pg_typeof(total), pg_column_size(note), pg_column_compression(note) from orders limit 1

select status::text, status > 'open', enum_range(null::shop.state), enum_first(null::shop.state) from orders

select 'paid'::shop.state, array['paid']::shop.state[]

select sku, sku = 'AB-1' from products

select 'AB-2'::shop.sku

select validity, lower(validity), validity @> 5::numeric from prices

select * from paid_orders

select * from customer_totals order by sum desc

select * from shop.daily

select * from shop.nested_view where n > 1

select * from events where at >= '2026-01-01'

select tableoid::regclass, count(*) from events group by 1

select * from only shop.events

select * from guarded

select last_value, is_called from shop.orders_id_seq

select ctid, xmin, xmax, tableoid, id from orders limit 1

explain select * from orders where id = 1

explain (verbose, costs off) select o.id from orders o join customers c on c.id = o.customer_id

explain (format json, settings) select count(*) from orders

explain (generic_plan) select * from orders

explain (summary, memory) with a as (select 1) select * from a

show work_mem

show all

show server_version

show search_path

show transaction isolation level

show time zone

select current_setting('work_mem'), current_setting('no.such', true)

select name, setting, unit, source, pending_restart from pg_settings where source not in ('default', 'override') order by name

select name, setting, boot_val, reset_val from pg_settings where setting is distinct from boot_val

select sourcefile, sourceline, name, setting, applied, error from pg_file_settings

select datname, pg_size_pretty(pg_database_size(datname)) from pg_database order by pg_database_size(datname) desc

select pg_size_pretty(pg_total_relation_size('shop.orders')), pg_relation_size('orders'), pg_table_size('orders'), pg_indexes_size('orders'), pg_relation_size('orders', 'fsm')

select nspname, relname, pg_size_pretty(pg_total_relation_size(c.oid)) as size from pg_class c join pg_namespace n on n.oid = c.relnamespace where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema') order by pg_total_relation_size(c.oid) desc limit 20

select pid, usename, state, wait_event_type, wait_event, now() - xact_start as age, left(query, 80) from pg_stat_activity where state <> 'idle' order by xact_start

select state, count(*) from pg_stat_activity where backend_type = 'client backend' group by state

select pid, pg_blocking_pids(pid), query from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0

select blocked.pid, blocking.pid, blocked.query from pg_stat_activity blocked join lateral unnest(pg_blocking_pids(blocked.pid)) as b(pid) on true join pg_stat_activity blocking on blocking.pid = b.pid

select locktype, relation::regclass, mode, granted, pid from pg_locks where not granted

select l.mode, c.relname, a.query from pg_locks l join pg_class c on c.oid = l.relation left join pg_stat_activity a using (pid) where l.mode like '%Exclusive%'

select schemaname, relname, seq_scan, idx_scan, n_live_tup, n_dead_tup, last_vacuum, last_autovacuum from pg_stat_user_tables order by n_dead_tup desc

select relname, round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1) as dead_percent from pg_stat_all_tables where n_dead_tup > 0

select relname, n_mod_since_analyze, last_analyze, analyze_count from pg_stat_user_tables

select indexrelname, idx_scan, idx_tup_read, pg_size_pretty(pg_relation_size(indexrelid)) from pg_stat_user_indexes where idx_scan = 0

select indrelid::regclass, array_agg(indexrelid::regclass), indkey::text from pg_index group by indrelid, indkey having count(*) > 1

select i.relname, pg_get_indexdef(i.oid), x.indisunique, x.indisvalid, x.indnkeyatts from pg_index x join pg_class i on i.oid = x.indexrelid

select sum(heap_blks_hit) / nullif(sum(heap_blks_hit + heap_blks_read), 0)::numeric as ratio from pg_statio_user_tables

select sum(idx_blks_hit)::float8 / nullif(sum(idx_blks_hit) + sum(idx_blks_read), 0) from pg_statio_user_indexes

select datname, xact_commit, xact_rollback, blks_read, blks_hit, temp_files, temp_bytes, deadlocks, stats_reset from pg_stat_database

select datname, age(datfrozenxid), mxid_age(datminmxid), 2 ^ 31 - age(datfrozenxid) as left from pg_database order by 2 desc

select c.oid::regclass, greatest(age(c.relfrozenxid), age(t.relfrozenxid)) from pg_class c left join pg_class t on c.reltoastrelid = t.oid where c.relkind in ('r', 'm')

select * from pg_stat_bgwriter

select * from pg_stat_checkpointer

select * from pg_stat_wal

select * from pg_stat_archiver

select backend_type, object, context, reads, writes, extends from pg_stat_io where reads > 0

select * from pg_stat_slru

select * from pg_stat_replication

select application_name, state, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as lag_bytes, replay_lag from pg_stat_replication

select slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) from pg_replication_slots

select * from pg_stat_replication_slots

select * from pg_stat_wal_receiver

select * from pg_stat_subscription

select * from pg_stat_ssl

select * from pg_stat_gssapi

select * from pg_stat_progress_vacuum

select * from pg_stat_progress_create_index

select * from pg_stat_progress_analyze

select * from pg_stat_progress_copy

select * from pg_stat_progress_basebackup

select * from pg_stat_progress_cluster

select * from pg_stat_database_conflicts

select * from pg_stat_user_functions

select * from pg_stat_xact_user_tables

select * from pg_stat_recovery_prefetch

select * from pg_prepared_xacts

select * from pg_prepared_statements

select * from pg_cursors

select * from pg_available_extensions where installed_version is not null

select extname, extversion, extnamespace::regnamespace from pg_extension

select * from pg_timezone_names limit 5

select * from pg_timezone_abbrevs limit 5

select * from pg_config

select * from pg_hba_file_rules

select * from pg_ident_file_mappings

select * from pg_shmem_allocations order by allocated_size desc nulls last limit 10

select * from pg_backend_memory_contexts order by total_bytes desc limit 10

select * from pg_wait_events limit 3

select * from pg_publication_tables

select * from pg_publication

select pubname, puballtables from pg_publication

select rolname, rolsuper, rolcreatedb, rolcanlogin, rolconnlimit, rolvaliduntil from pg_roles

select r.rolname, m.rolname from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member

select * from pg_user

select * from pg_group

select has_table_privilege('shop.orders', 'select'), has_schema_privilege('shop', 'usage'), has_database_privilege(current_database(), 'connect'), pg_has_role('pg_monitor', 'member'), has_column_privilege('shop.orders', 'total', 'select')

select grantee, privilege_type from aclexplode(acldefault('r', 10))

select relname, (aclexplode(relacl)).grantee::regrole, (aclexplode(relacl)).privilege_type from pg_class where relacl is not null limit 5

select attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum) from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = 'shop.orders'::regclass and attnum > 0

select conname, contype, pg_get_constraintdef(oid), confrelid::regclass from pg_constraint where conrelid = 'shop.items'::regclass

select c.conrelid::regclass, c.conname from pg_constraint c where c.contype = 'f' and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)

select viewname, definition from pg_views where schemaname = 'shop'

select pg_get_viewdef('shop.paid_orders'::regclass, true), pg_get_functiondef('pg_catalog.lower(text)'::regprocedure), pg_get_userbyid(10), pg_get_serial_sequence('shop.orders', 'id')

select matviewname, ispopulated from pg_matviews

select * from pg_sequences

select * from pg_indexes where tablename = 'orders'

select * from pg_tables where schemaname = 'shop'

select * from pg_rules

select * from pg_policies

select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal

select proname, prolang::regproc is null, provolatile, pg_get_function_arguments(oid), pg_get_function_result(oid) from pg_proc where pronamespace = 'shop'::regnamespace

select p.oid::regprocedure, obj_description(p.oid, 'pg_proc'), l.lanname from pg_proc p join pg_language l on l.oid = p.prolang limit 5

select typname, typtype, format_type(oid, null), enum_range(null::shop.state) from pg_type where typtype = 'e'

select enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typname = 'state' order by enumsortorder

select * from pg_partition_tree('shop.events')

select inhrelid::regclass, pg_get_expr(c.relpartbound, c.oid) from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'shop.events'::regclass

select pg_get_partkeydef('shop.events'::regclass), pg_get_partition_constraintdef(inhrelid) from pg_inherits

select schemaname, tablename, attname, n_distinct, null_frac, correlation, most_common_vals::text from pg_stats where schemaname = 'shop'

select * from pg_stats_ext

select statistics_name from pg_stats_ext_exprs

select stxname, pg_get_statisticsobjdef(oid) from pg_statistic_ext

select classid::regclass, objid, deptype, refobjid::regclass from pg_depend where refobjid = 'shop.orders'::regclass

select pg_describe_object(classid, objid, objsubid) from pg_depend limit 5

select evtname, evtevent from pg_event_trigger

select spcname, pg_tablespace_location(oid), pg_size_pretty(pg_tablespace_size(oid)) from pg_tablespace

select * from pg_seclabels

select * from pg_default_acl

select setdatabase, setrole::regrole, setconfig from pg_db_role_setting

select collname, collprovider, collversion, pg_collation_actual_version(oid) from pg_collation limit 3

select datname, datcollversion, pg_database_collation_actual_version(oid) from pg_database

select pg_is_in_recovery(), pg_current_wal_lsn(), pg_walfile_name(pg_current_wal_lsn()), pg_postmaster_start_time(), pg_conf_load_time(), pg_current_xact_id_if_assigned(), txid_current_snapshot(), pg_current_snapshot(), pg_last_wal_replay_lsn(), pg_last_xact_replay_timestamp()

select checkpoint_lsn, redo_lsn, checkpoint_time from pg_control_checkpoint()

select * from pg_control_system()

select pg_size_pretty(sum(size)), count(*) from pg_ls_waldir()

select * from pg_ls_archive_statusdir()

select pg_size_bytes('1 GB'), pg_relation_filepath('shop.orders'), pg_relation_filenode('shop.orders'), pg_filenode_relation(0, 1259)

select * from pg_get_keywords() where catcode = 'R' limit 5

select * from pg_options_to_table(array['a=b'])

select pg_notification_queue_usage(), pg_trigger_depth(), pg_client_encoding(), pg_encoding_to_char(6), pg_jit_available(), pg_my_temp_schema()

select to_regclass('shop.orders'), to_regtype('int4'), to_regproc('now'), to_regnamespace('nope'), pg_table_is_visible('shop.orders'::regclass), pg_function_is_visible('pg_catalog.now()'::regprocedure)

select userid::regrole, dbid, queryid, calls, total_exec_time, mean_exec_time, rows, shared_blks_hit, query from pg_stat_statements order by total_exec_time desc limit 10

select query, calls, 100.0 * shared_blks_hit / nullif(shared_blks_hit + shared_blks_read, 0) as hit_percent from pg_stat_statements where calls > 0

select * from pg_stat_statements_info

select queryid, sum(calls), percentile_cont(0.5) within group (order by mean_exec_time) from pg_stat_statements group by queryid

select * from pgstattuple('shop.orders')

select * from pgstatindex('shop.orders_pkey')

select bufferid is not null, count(*) from pg_buffercache group by 1

select * from pg_buffercache_summary()

select similarity('word', 'two words'), 'word' % 'world', word_similarity('a', 'b'), show_trgm('x'), note <-> 'rush' from orders

select 'a=>1'::hstore -> 'a', hstore('a', 'b') || 'c=>d', akeys('a=>1'::hstore), each('a=>1'::hstore)

select email, email = 'A@B.C', lower(email) from customers

select digest('x', 'sha256'), crypt('x', gen_salt('bf', 4)), encode(hmac('a', 'b', 'md5'), 'hex')

select subpath('a.b.c'::ltree, 1), 'a.b' @> 'a.b.c'::ltree, nlevel('a.b'::ltree)

select levenshtein('a', 'b'), soundex('x'), metaphone('thumb', 4), unaccent('é')

select uuid_generate_v4(), uuid_generate_v5(uuid_ns_dns(), 'x')

select * from pg_visibility_map_summary('shop.orders')

select avail from pg_freespace('shop.orders') limit 1

select table_schema, table_name, table_type from information_schema.tables where table_schema = 'shop'

select column_name, data_type, is_nullable, column_default, character_maximum_length from information_schema.columns where table_name = 'orders' order by ordinal_position

select * from information_schema.table_constraints where table_schema = 'shop'

select * from information_schema.key_column_usage where table_schema = 'shop'

select * from information_schema.referential_constraints

select * from information_schema.constraint_column_usage

select * from information_schema.views where table_schema = 'shop'

select * from information_schema.routines where routine_schema = 'shop'

select * from information_schema.role_table_grants where table_name = 'orders'

select * from information_schema.schemata

select * from information_schema.sequences

select * from information_schema.triggers

select * from information_schema.check_constraints

select * from information_schema.domains

select * from information_schema.parameters limit 3

select * from information_schema.enabled_roles

select relname, reltuples::bigint, relpages, pg_size_pretty(relpages::bigint * current_setting('block_size')::int) from pg_class where relkind = 'r'

select nspname, count(*) filter (where relkind = 'r') as tables, count(*) filter (where relkind = 'i') as indexes from pg_class c join pg_namespace n on n.oid = relnamespace group by 1

select a.attname, s.n_distinct from pg_stats s join pg_attribute a on a.attname = s.attname where s.tablename = 'orders' limit 3

select current_setting('max_connections')::int - count(*) as free from pg_stat_activity

select coalesce(extract(epoch from max(now() - xact_start)), 0) from pg_stat_activity where state like 'idle in transaction%'

select wait_event_type || ':' || wait_event, count(*) from pg_stat_activity where wait_event is not null group by 1 order by 2 desc

select backend_xmin, age(backend_xmin) from pg_stat_activity where backend_xmin is not null order by 2 desc

select date_trunc('hour', placed) as hour, count(*), sum(count(*)) over (order by date_trunc('hour', placed)) from orders group by 1

select customer_id, array_agg(distinct status::text) from orders group by 1 having array_length(array_agg(distinct status::text), 1) > 1

select generate_series, generate_series * 2 from generate_series(1, 5)

select x.y, count(*) from (select width_bucket(total, 0, 1000, 10) as y from orders) x group by x.y order by 1

select o.id, (select max(i.qty) from items i where i.order_id = o.id) as most from orders o

select id, total - lag(total) over w as change from orders window w as (order by placed)

select c.name, o.* from customers c left join lateral (select * from orders o where o.customer_id = c.id order by placed desc limit 1) o on true

select day::date, count(o.id) from generate_series(now() - interval '7 days', now(), interval '1 day') day left join orders o on o.placed::date = day::date group by 1 order by 1

select json_build_object('server', version(), 'tables', (select count(*) from pg_class where relkind = 'r'))

select "select", "From", "weird ""name""" from shop."Odd Table"

select /* a comment; with a semicolon */ 1 -- and another;

select $$dollar; quoted$$, $x$it's$x$, E'tab\t', U&'\0061', 'it''s'

select 1;
