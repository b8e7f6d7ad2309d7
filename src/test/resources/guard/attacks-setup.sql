create extension dblink;

create extension postgres_fdw;

create extension file_fdw;

create extension tablefunc;

create extension pg_trgm;

create extension hstore;

create extension citext;

create extension pgcrypto;

create extension pg_prewarm;

create table harm (what text);

create table t (id int primary key, name text, v varchar(20), payload jsonb, at timestamptz default now(), r int4range, f float8);

insert into t select g, 'n' || g, 'v' || g, jsonb_build_object('a', g), now(), int4range(g, g + 5), g from generate_series(1, 50) g;

create sequence seq;

create function evil(text) returns text language plpgsql volatile as $f$
begin perform dblink_exec('host=127.0.0.1 port=' || current_setting('port') || ' user=postgres dbname=' || current_database(), 'insert into harm values (' || quote_literal($1) || ')'); return $1; end $f$;

create function evil_i(text) returns text language plpgsql immutable as $f$ begin return evil($1); end $f$;

create function evil_sql(text) returns text language sql immutable as $f$ select evil_i($1) $f$;

create function evil_int(int) returns int language plpgsql immutable as $f$ begin perform evil('int'); return $1; end $f$;

create function evil_of(t) returns text language plpgsql as $f$ begin return evil('row'); end $f$;

create function evil_set() returns setof int language plpgsql as $f$ begin perform evil('set'); return next 1; end $f$;

create function evil_eq(int, int) returns bool language plpgsql immutable as $f$ begin perform evil('operator'); return true; end $f$;

create operator === (leftarg = int, rightarg = int, function = evil_eq);

create function evil_plus(text, text) returns text language plpgsql immutable as $f$ begin return evil('plus'); end $f$;

create operator + (leftarg = text, rightarg = text, function = evil_plus);

create function evil_ge(text, int) returns bool language plpgsql immutable as $f$ begin perform evil('ge'); return true; end $f$;

create operator >= (leftarg = text, rightarg = int, function = evil_ge);

create function evil_neg(bool) returns bool language plpgsql as $f$ begin perform evil('neg'); return true; end $f$;

create operator !! (rightarg = bool, function = evil_neg);

create function evil_state(text, text) returns text language plpgsql as $f$ begin return evil('aggregate'); end $f$;

create aggregate evil_agg(text) (sfunc = evil_state, stype = text);

create domain evil_domain as text check (value is null or evil(value) is not null);

create domain evil_over as evil_domain;

create domain sleepy as int check (pg_sleep(0) is not null);

create type evil_comp as (d evil_domain, n int);

create type evil_nested as (c evil_comp);

create table with_domain (id int, d evil_domain);

alter table with_domain add column c evil_comp;

insert into with_domain (id) values (1);

create type mood as (a int);

create function evil_cast(mood) returns text language plpgsql as $f$ begin return evil('cast'); end $f$;

create cast (mood as text) with function evil_cast(mood) as implicit;

create table moods (m mood);

insert into moods values (row(1)::mood);

create view v_function as select evil('view') as x;

create view v_nested as select * from v_function;

create view v_deep as select count(*) as n from (select x from v_nested) q;

create view v_operator as select id === 1 as x from t;

create view v_cast as select m::text as x from moods;

create view v_domain as select name::evil_domain as x from t;

create view v_file as select pg_read_file('postgresql.conf') as x;

create view v_sleep as select pg_sleep(1)::text as x;

create view v_sequence as select nextval('seq') as x;

create view v_dblink as select * from dblink('host=127.0.0.1', 'select 1') as d(a int);

create view v_where as select id from t where evil(name) is not null;

create view v_order as select id from t order by evil(name);

create view v_join as select a.id from t a join t b on a.id === b.id;

create view v_aggregate as select evil_agg(name) as x from t;

create view v_window as select count(*) over (order by evil(name)) as x from t;

create view v_cte as with c as (select evil('cte') as x) select * from c;

create view v_lateral as select l.x from t, lateral (select evil(t.name) as x) l;

create view v_set as select * from evil_set();

create view v_lock as select id from t for update;

create view v_notify as select pg_notify('harm', 'x')::text;

create view v_advisory as select pg_advisory_lock(1)::text;

create view v_config as select set_config('work_mem', '1MB', false);

create view v_barrier with (security_barrier) as select evil('barrier') as x;

create view v_invoker with (security_invoker) as select evil('invoker') as x;

create view v_exists as select id from t where exists (select evil('sub'));

create view v_case as select case when evil('case') is null then 1 end as x;

create view v_array as select array[evil('a')] as x;

create view v_row as select row(evil('r'))::text as x;

create view v_coalesce as select coalesce(evil('c'), 'x') as x;

create view v_values as values (evil('v'));

create view v_union as select 1 as x union all select evil_int(1);

create view v_distinct as select distinct on (evil(name)) id from t;

create view v_xml as select query_to_xml('select evil(''x'')', true, true, '') as x;

create view v_crosstab as select * from crosstab('select 1, 2, evil(''x'')') as c(a int, b text);

create view v_filter as select count(*) filter (where evil(name) is not null) as n from t;

create view v_limit as select id from t limit (select evil_int(1));

create materialized view m_plain as select 1 as x;

create table secured (id int, name text);

alter table secured enable row level security;

alter table secured force row level security;

create policy p on secured using (evil(name) is not null);

insert into secured values (1, 'x');

create view v_secured as select * from secured;

create table indexed (id int, name text);

create function evil_index(text) returns text language plpgsql immutable as $f$ begin if current_setting('guard.armed', true) is null then return $1; end if; return public.evil('index'); end $f$;

create index on indexed ((evil_index('constant')));

create table indexed_sql (id int, name text);

create function index_sql(text) returns text language sql immutable as $f$ select public.evil_index('x') || $1 $f$;

create index on indexed_sql (index_sql(name));

create table partial (id int, name text);

create index on partial (id) where evil_index('constant') is not null;

create table statistics_of (id int, name text);

create statistics evil_statistics on (evil_index('constant')), id from statistics_of;

create server files foreign data wrapper file_fdw;

create foreign table f_program (x text) server files options (program 'touch guard-harm-program; echo 1');

create foreign table f_file (x text) server files options (filename 'postgresql.conf');

create view v_foreign as select * from f_program;

create table parted (id int, x text) partition by list (id);

create table parted_1 partition of parted for values in (1);

create foreign table parted_2 partition of parted for values in (2) server files options (program 'touch guard-harm-partition; echo 2,x', format 'csv');

create table parent (id int);

create foreign table child (id int) inherits (parent) server files options (program 'touch guard-harm-child; echo 1');

create table ruled (id int);

create rule r as on insert to ruled do also select evil('rule');

create function lower(varchar) returns text language plpgsql immutable as $f$ begin return evil('lower'); end $f$;

create function round(double precision, int) returns numeric language plpgsql immutable as $f$ begin perform evil('round'); return 1; end $f$;

create function count(t) returns int language plpgsql as $f$ begin perform evil('count'); return 1; end $f$;

create type abs as (a int);

create schema "Odd.Schema";

create function "Odd.Schema"."lower"(text) returns text language plpgsql as $f$ begin return evil('odd'); end $f$;

create function pg_catalog.pg_harmless(text) returns text language plpgsql as $f$ begin return public.evil('pg_catalog'); end $f$;

create function evil_member(text) returns text language plpgsql immutable as $f$ begin return evil('member'); end $f$;

alter extension pg_trgm add function evil_member(text);

create procedure evil_procedure() language plpgsql as $f$ begin perform evil('procedure'); end $f$;

create function "évil"(text) returns text language plpgsql as $f$ begin return evil('accent'); end $f$;

create function "ｅvil"(text) returns text language plpgsql as $f$ begin return evil('wide'); end $f$;

create function "еvil"(text) returns text language plpgsql as $f$ begin return evil('cyrillic'); end $f$;

create table "select" (id int, "from" text);

create function similarity(t) returns real language plpgsql as $f$ begin perform evil('similarity'); return 1; end $f$;

create type evil_range as range (subtype = text);

create table ranged (r evil_range);

create publication all_tables for all tables;

select lo_from_bytea(4711, 'kept');

alter database DATABASE set guard.armed = '1'

create type rank as (a int);

create function evil_cmp(rank, rank) returns int language plpgsql immutable as $f$ begin perform public.evil('compare'); return 0; end $f$;

create function evil_less(rank, rank) returns bool language plpgsql immutable as $f$ begin perform public.evil('less'); return false; end $f$;

create function evil_same(rank, rank) returns bool language plpgsql immutable as $f$ begin perform public.evil('same'); return true; end $f$;

create function evil_hash(rank) returns int language plpgsql immutable as $f$ begin perform public.evil('hash'); return 1; end $f$;

create operator < (leftarg = rank, rightarg = rank, function = evil_less, commutator = >);

create operator <= (leftarg = rank, rightarg = rank, function = evil_less);

create operator = (leftarg = rank, rightarg = rank, function = evil_same, hashes, merges);

create operator >= (leftarg = rank, rightarg = rank, function = evil_less);

create operator > (leftarg = rank, rightarg = rank, function = evil_less, commutator = <);

create operator class rank_order default for type rank using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 evil_cmp(rank, rank);

create operator class rank_hash default for type rank using hash as operator 1 =, function 1 evil_hash(rank);

create table ranks (id int, k rank);

insert into ranks values (1, row(1)::rank), (2, row(2)::rank);

create type span as range (subtype = rank);

create function evil_json(rank) returns json language plpgsql as $f$ begin perform public.evil('json'); return '1'; end $f$;

create cast (rank as json) with function evil_json(rank);

create function evil_diff(float8, float8) returns float8 language plpgsql immutable as $f$ begin perform public.evil('diff'); return 1; end $f$;

create type measured as range (subtype = float8, subtype_diff = evil_diff);

create function evil_canonical() returns text language plpgsql as $f$ begin return public.evil('bare'); end $f$;

create view v_ranks as select distinct k from ranks;

create view v_to_json as select row_to_json(ranks) as j from ranks;
