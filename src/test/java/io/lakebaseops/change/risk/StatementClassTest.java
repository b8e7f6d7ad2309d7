package io.lakebaseops.change.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.LockLevel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementClassTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
LIMIT | set local lock_timeout = '3s'
LIMIT | set statement_timeout to 5000
UNKNOWN | set local lock_timeout = 0
UNKNOWN | set lock_timeout to default
UNKNOWN | set local search_path = x
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
VACUUM | vacuum (full off) t
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
ADD_COLUMN | alter table t add if not exists c timestamptz default '2026-01-01'
ADD_COLUMN | alter table t add c double precision[] default null
ALTER_TABLE | alter table t add c int not null
ALTER_TABLE | alter table t add c s.int4
ALTER_TABLE | alter table t add c int default f()
ALTER_TABLE | alter table t add c serial
ALTER_TABLE | alter table t add c int, add d int
ALTER_TABLE | alter table t add c int references o
ADD_NOT_VALID | alter table t add constraint k check (a > 1) not valid
ADD_NOT_VALID | alter table t add foreign key (a) references o not valid
ALTER_TABLE | alter table t add constraint k check (a > 1)
ALTER_TABLE | alter table t alter c type bigint using set(c)
SET_STORAGE | alter table t alter c set (n_distinct = 5)
ALTER_TABLE | alter table t set (user_catalog_table = true)
VALIDATE_CONSTRAINT | alter table t validate constraint "c"
SIGNAL_SESSION | select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle'
SIGNAL_SESSION | select pg_catalog.pg_terminate_backend(:pid::int4)
UNKNOWN | select evil.pg_terminate_backend(1)
UNKNOWN | select pg_terminate_backend(1), dblink_exec('drop table t')
SIGNAL_SESSION | select "pg_terminate_backend"(1)
UNKNOWN | select "PG_TERMINATE_BACKEND"(1)
UNKNOWN | select lo_unlink(1)
UNKNOWN | select 1
UNKNOWN | with x as (delete from t returning id) select pg_terminate_backend(id) from x
CREATE_OBJECT | create table t (id int primary key, parent int references t)
CREATE_OBJECT | create schema if not exists s authorization joe
CREATE_ON_OTHER | create table t (a int references o)
CREATE_ON_OTHER | create table t (a int, foreign key (a) references s.t)
CREATE_ON_OTHER | create table p partition of t default
CREATE_ON_OTHER | create table t () inherits (o)
UNKNOWN | create schema s create view v as select f()
UNKNOWN | create table x as values (f())
UNKNOWN | copy t from program 'id'
UNKNOWN | call p()
DESTROYS | drop owned by r
REWRITE | refresh materialized view m
WRITES_DATA | merge into t using s on true when matched then delete
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
RIGHTS | grant select (a) on table t to r
RIGHTS | grant select on all tables in schema s to r
RIGHTS | grant usage on schema s to "public"
RIGHTS | grant a to b
RIGHTS | alter default privileges grant select on tables to r
CREATE_GROUP | create role "r" nologin
ROLE | create role r login
ROLE | alter role r superuser
ROLE | create user r nologin
ROLE | create role r nologin superuser
UNKNOWN | vacuum 'never closed
UNKNOWN | /* never closed
""")
    void aStatementIsToldByItsOwnWords(StatementClass expected, String sql) {
        assertThat(StatementClass.of(sql.replace("\\n", "\n"))).isEqualTo(expected);
    }

    @Test
    void aTableMadeBesideAnotherLocksTheOther() {
        assertThat(lock("create table t (a int references o)"))
                .isEqualTo(LockLevel.SHARE_ROW_EXCLUSIVE);
        assertThat(lock("create table p partition of t for values in (1)"))
                .isEqualTo(LockLevel.ACCESS_EXCLUSIVE);
        assertThat(lock("create table t () inherits (o)"))
                .isEqualTo(LockLevel.SHARE_UPDATE_EXCLUSIVE);
        assertThat(lock("create table t (a int references t)")).isEqualTo(LockLevel.NONE);
        assertThat(lock("create table t (a int)")).isEqualTo(LockLevel.NONE);
    }

    private static LockLevel lock(String sql) {
        return StatementFacts.of(sql).lock();
    }
}
