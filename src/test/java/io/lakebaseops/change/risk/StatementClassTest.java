package io.lakebaseops.change.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementClassTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
VACUUM | vacuum (analyze) "shop"."orders"
VACUUM | /* x */ VACUUM ANALYZE shop.orders;
VACUUM | vacuum "FULL"
VACUUM | vacuum (analyze) "freeze"
VACUUM_FREEZE | vacuum (freeze, analyze) t
VACUUM_FREEZE | VACUUM FREEZE t
VACUUM_FULL | vacuum (full, analyze) t
VACUUM_FULL | VACUUM -- gently\\nFULL t
ANALYZE | analyze t
CREATE_INDEX_CONCURRENTLY | create unique index concurrently "i" on s.t (a)
CREATE_INDEX | create index concurrently_named on t (a)
CREATE_INDEX | create index "concurrently" on t (a)
CREATE_INDEX | create /* concurrently */ index i on t (a)
DROP_INDEX_CONCURRENTLY | drop index concurrently if exists s.i
DROP_INDEX | drop index s."concurrently"
DESTROYS | drop index i cascade
DESTROYS | drop table t
DESTROYS | delete from t where id = :id
DESTROYS | truncate t
DESTROYS | alter table t drop column c
REINDEX_CONCURRENTLY | reindex index concurrently i
REINDEX | reindex (concurrently false) index i
REINDEX | reindex table t
ATTACH_INDEX | alter index s.i attach partition s.j
UNKNOWN | alter index s.i rename to j
SET_STORAGE | alter table s.t set (autovacuum_vacuum_scale_factor = 0.05, fillfactor = 90)
ALTER_TABLE | alter table t set (fillfactor = 90), alter column c type int8
ADD_COLUMN | alter table t add column c int
VALIDATE_CONSTRAINT | alter table t validate constraint "c"
SIGNAL_SESSION | select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle'
SIGNAL_SESSION | select pg_catalog.pg_terminate_backend(:pid::int4)
UNKNOWN | select evil.pg_terminate_backend(1)
UNKNOWN | select pg_terminate_backend(1), dblink_exec('drop table t')
UNKNOWN | select "pg_terminate_backend"(1)
UNKNOWN | select lo_unlink(1)
UNKNOWN | select 1
UNKNOWN | with x as (delete from t returning id) select pg_terminate_backend(id) from x
UNKNOWN | vacuum t; drop table t
UNKNOWN | vacuum t /* ; */ ; drop table t
UNKNOWN | do $$ begin execute 'drop table t'; end $$
UNKNOWN | create table x as select evil()
UNKNOWN | create or replace function f() returns int language sql as 'select 1'
UNKNOWN | set role admin
POLICY | create policy p on "s"."t" using (a = 1)
POLICY | drop policy p on t
POLICY | alter policy p on t to public using (true)
ROW_SECURITY | alter table "S ""x y".t enable row level security, force row level security
ROW_SECURITY | alter table t no force row level security
ALTER_TABLE | alter table t enable row level security, add column c int
OWNER | alter table s.t owner to "x"
RIGHTS | grant select on table t to public
RIGHTS | grant select, insert on table t to r
RIGHTS | grant select on table t to a, b
RIGHTS | grant select on table t to r with grant option
RIGHTS | revoke select on table t from r
READ_GRANT | grant select on table s.t, "TO" to "r"
READ_GRANT | grant usage on schema "s" to r
CREATE_GROUP | create role "r" nologin
UNKNOWN | create role r login
UNKNOWN | create role r nologin superuser
UNKNOWN | vacuum 'never closed
UNKNOWN | /* never closed
""")
    void aStatementIsToldByItsOwnWords(StatementClass expected, String sql) {
        assertThat(StatementClass.of(sql.replace("\\n", "\n"))).isEqualTo(expected);
    }
}
