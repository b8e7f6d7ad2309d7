package io.lakebaseops.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Pairs of small databases that differ in one thing, over every kind of object.
///
/// Both sides start from [#BASE]; `before` and `after` are run on top of it.
final class SchemaPairs {
    static final String BASE =
            """
            create schema s;
            create table s.t (id int, a int, b text, v varchar(10), c timestamptz);
            create table s.other (id int primary key, x int);
            create type s.mood as enum ('sad', 'ok', 'happy');
            create function s.f(n int) returns int language sql immutable as 'select n + 1';
            create function s.trg() returns trigger language plpgsql as 'begin return new; end';
            create table s.p (id int not null, d date not null, x text) partition by range (d);
            create table s.p1 partition of s.p for values from ('2025-01-01') to ('2026-01-01');
            """;

    private static final Pattern NUMBER =
            Pattern.compile("^(?:s|n|pub|srv|wrap|S\"a)(\\d+)(?=\\.|$)");

    /// @param derived do the statements lead all the way?
    /// @param back are the statements of the other direction tried too?
    record Pair(String what, String before, String after, boolean derived, boolean back) {
        /// Touches what a database has only one of.
        boolean needsItsOwnDatabase() {
            return (before + after)
                    .matches(
                            "(?s).*(extension|privileges|database|event trigger|language lang"
                                    + "|access method|pg_seclabel|subscription|pg_catalog\\.pg_|information_schema\\.).*");
        }

        /// The same script under names of its own, so that many fit into one database.
        static String renamed(String script, int number) {
            return script.replaceAll("\\bs\\.", "s" + number + ".")
                    .replaceAll("\\bschema ([sn])\\b", "schema $1" + number)
                    .replace("search_path = s,", "search_path = s" + number + ",")
                    .replaceAll("\\bn\\.", "n" + number + ".")
                    .replaceAll("\\b(pub|srv|wrap)\\b", "$1" + number)
                    .replace("\"S\"\"a.b", "\"S\"\"a" + number + ".b");
        }

        /// Of the pair an object belongs to; -1 = of none.
        static int number(ObjectId id) {
            var found = NUMBER.matcher(id.path().getFirst());
            return found.find() ? Integer.parseInt(found.group(1)) : -1;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private final List<Pair> pairs = new ArrayList<>();

    private SchemaPairs() {}

    static List<Pair> all() {
        var p = new SchemaPairs();
        p.schemasAndExtensions();
        p.tables();
        p.columns();
        p.constraints();
        p.indexes();
        p.partitions();
        p.sequences();
        p.views();
        p.routines();
        p.triggersAndRules();
        p.types();
        p.rights();
        p.others();
        p.nasty();
        p.together();
        p.pairs.addAll(DeclaredPairs.all());
        p.pairs.addAll(ReportedPairs.all());
        return p.pairs;
    }

    private void pair(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, true, false));
    }

    /// Both directions.
    private void both(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, true, true));
    }

    private void open(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, false, false));
    }

    private void schemasAndExtensions() {
        both("schema", "", "create schema n; comment on schema n is 'new'");
        pair("schema owner", "create schema n", "create schema n authorization app");
        both(
                "schema grant",
                "",
                "grant usage on schema s to app; grant create on schema s to app with grant"
                        + " option");
        both(
                "schema with contents",
                "",
                "create schema n; create table n.a (id int primary key); create view n.v as select"
                        + " id from n.a");
        both("extension", "", "create extension citext schema s");
        pair(
                "extension schema",
                "create extension citext schema s",
                "create extension citext schema public");
        pair(
                "extension comment",
                "create extension citext schema public",
                "create extension citext schema public; comment on extension citext is 'other'");
        both(
                "column of an extension's type",
                "",
                "create extension citext schema s; create table s.n (name s.citext)");
    }

    private void tables() {
        both(
                "table",
                "",
                "create table s.n (id int generated always as identity primary key, name text not"
                        + " null default 'x', unique (name))");
        both("unlogged", "", "alter table s.t set unlogged");
        both(
                "table options",
                "",
                "alter table s.t set (fillfactor = 70, autovacuum_enabled = false,"
                        + " toast.autovacuum_enabled = false)");
        pair(
                "table options other",
                "alter table s.t set (fillfactor = 70)",
                "alter table s.t set (fillfactor = 80)");
        both("replica identity full", "", "alter table s.t replica identity full");
        both(
                "replica identity index",
                "alter table s.t alter id set not null; create unique index ti on s.t (id)",
                "alter table s.t alter id set not null; create unique index ti on s.t (id); alter"
                        + " table s.t replica identity using index ti");
        both(
                "clustered on",
                "create index ti on s.t (id)",
                "create index ti on s.t (id); alter table s.t cluster on ti");
        both("table comment", "", "comment on table s.t is 'it''s a \\ table'");
        pair("table owner", "", "alter table s.t owner to app");
        both("inherits", "", "create table s.kid (extra int) inherits (s.t)");
        both(
                "inherit later",
                "create table s.kid (id int, a int, b text, v varchar(10), c timestamptz)",
                "create table s.kid (id int, a int, b text, v varchar(10), c timestamptz); alter"
                        + " table s.kid inherit s.t");
        both(
                "column of a parent",
                "create table s.kid () inherits (s.other)",
                "alter table s.other add y int default 3; create table s.kid () inherits"
                        + " (s.other)");
        open(
                "column of a parent before those of the child",
                "create table s.kid (extra int) inherits (s.other)",
                "alter table s.other add y int default 3; create table s.kid (extra int) inherits"
                        + " (s.other)");
        both(
                "table of type",
                "create type s.row as (i int, j text); create table s.n (i int, j text)",
                "create type s.row as (i int, j text); create table s.n of s.row");
        open(
                "table becomes partitioned",
                "create table s.n (i int)",
                "create table s.n (i int) partition by list (i)");
        pair(
                "table becomes a view",
                "create table s.n (i int)",
                "create view s.n as select 1 as i");
        both(
                "two tables that refer to each other",
                "",
                "create table s.x (id int primary key, y int); create table s.y (id int primary"
                        + " key, x int references s.x); alter table s.x add constraint xy foreign key"
                        + " (y) references s.y");
    }

    private void columns() {
        both("column", "", "alter table s.t add n numeric(10,2)");
        both("column not null with default", "", "alter table s.t add n int not null default 7");
        open(
                "column in the middle",
                "",
                "drop table s.t; create table s.t (id int, n int, a int, b text, v varchar(10), c"
                        + " timestamptz)");
        open(
                "columns in another order",
                "",
                "drop table s.t; create table s.t (a int, id int, b text, v varchar(10), c"
                        + " timestamptz)");
        both("type wider", "", "alter table s.t alter id type bigint");
        both("varchar length", "", "alter table s.t alter v type varchar(20)");
        pair("type of another family", "", "alter table s.t alter a type text using a::text");
        pair(
                "type with a default",
                "alter table s.t alter a set default 5",
                "alter table s.t alter a type text using a::text, alter a set default 'five'");
        pair(
                "type under a view",
                "create view s.w as select id, a from s.t; create view s.w2 as select a from s.w",
                "alter table s.t alter a type bigint; create view s.w as select id, a from s.t;"
                        + " create view s.w2 as select a from s.w");
        pair(
                "type under an index and a check",
                "create index ti on s.t (a); alter table s.t add constraint pos check (a > 0)",
                "alter table s.t alter a type bigint; create index ti on s.t (a); alter table s.t"
                        + " add constraint pos check (a > 0)");
        both("not null", "", "alter table s.t alter a set not null");
        both("default", "", "alter table s.t alter a set default s.f(1)");
        pair(
                "default other",
                "alter table s.t alter a set default 1",
                "alter table s.t alter a set default 2");
        both(
                "identity",
                "alter table s.t alter a set not null",
                "alter table s.t alter a set not null, alter a add generated always as identity"
                        + " (increment 5)");
        pair(
                "identity kind",
                "alter table s.t alter a set not null, alter a add generated always as identity",
                "alter table s.t alter a set not null, alter a add generated by default as"
                        + " identity");
        pair(
                "identity parameters",
                "alter table s.t alter a set not null, alter a add generated always as identity",
                "alter table s.t alter a set not null, alter a add generated always as identity"
                        + " (start 100 cache 20)");
        both(
                "generated column",
                "",
                "alter table s.t add g int generated always as (a * 2) stored");
        pair(
                "generated expression",
                "alter table s.t add g int generated always as (a * 2) stored",
                "alter table s.t add g int generated always as (a * 3) stored");
        pair(
                "generated no more",
                "alter table s.t add g int generated always as (a * 2) stored",
                "alter table s.t add g int");
        open(
                "generated now",
                "alter table s.t add g int",
                "alter table s.t add g int generated always as (a * 2) stored");
        both("collation", "", "alter table s.t alter b type text collate \"C\"");
        both("storage", "", "alter table s.t alter b set storage external");
        both("compression", "", "alter table s.t alter b set compression pglz");
        both("statistics target", "", "alter table s.t alter a set statistics 500");
        both("column options", "", "alter table s.t alter a set (n_distinct = -0.5)");
        both("column comment", "", "comment on column s.t.a is 'about a'");
        both("column grant", "", "grant select (a, b), update (a) on s.t to app");
        pair(
                "serial to bigserial",
                "create table s.n (id serial primary key)",
                "create table s.n (id bigserial primary key)");
    }

    private void constraints() {
        both(
                "primary key",
                "alter table s.t alter id set not null",
                "alter table s.t add primary key (id)");
        both(
                "unique",
                "",
                "alter table s.t add constraint u unique nulls not distinct (a, b) include (v)"
                        + " deferrable initially deferred");
        both("check", "", "alter table s.t add constraint k check (a > 0)");
        pair(
                "check other",
                "alter table s.t add constraint k check (a > 0)",
                "alter table s.t add constraint k check (a > 1)");
        pair(
                "check validated",
                "alter table s.t add constraint k check (a > 0) not valid",
                "alter table s.t add constraint k check (a > 0)");
        pair(
                "check no inherit",
                "alter table s.t add constraint k check (a > 0)",
                "alter table s.t add constraint k check (a > 0) no inherit");
        both(
                "foreign key",
                "",
                "alter table s.t add constraint fk foreign key (a) references s.other on delete"
                        + " cascade on update set null");
        pair(
                "foreign key action",
                "alter table s.t add constraint fk foreign key (a) references s.other",
                "alter table s.t add constraint fk foreign key (a) references s.other on delete set"
                        + " default (a)");
        pair(
                "foreign key deferrable",
                "alter table s.t add constraint fk foreign key (a) references s.other",
                "alter table s.t add constraint fk foreign key (a) references s.other deferrable"
                        + " initially deferred");
        pair(
                "foreign key validated",
                "alter table s.t add constraint fk foreign key (a) references s.other not valid",
                "alter table s.t add constraint fk foreign key (a) references s.other");
        pair(
                "key a foreign key refers to",
                "alter table s.other add constraint u unique (x); alter table s.t add constraint fk"
                        + " foreign key (a) references s.other (x)",
                "alter table s.other add constraint u unique (x) include (id); alter table s.t add"
                        + " constraint fk foreign key (a) references s.other (x)");
        both(
                "exclusion",
                "create table s.n (r int4range)",
                "create table s.n (r int4range, constraint ex exclude using gist (r with &&))");
        both(
                "constraint comment",
                "alter table s.t add constraint k check (a > 0)",
                "alter table s.t add constraint k check (a > 0); comment on constraint k on s.t is"
                        + " 'why'");
        both(
                "constraint's index options",
                "alter table s.t add constraint u unique (a)",
                "alter table s.t add constraint u unique (a) with (fillfactor = 60)");
        both(
                "check of a parent",
                "create table s.kid () inherits (s.t)",
                "alter table s.t add constraint k check (a > 0); create table s.kid () inherits"
                        + " (s.t)");
    }

    private void indexes() {
        both(
                "index",
                "",
                "create index ti on s.t (a desc nulls last, lower(b)) include (v) where a > 0");
        pair("index other", "create index ti on s.t (a)", "create index ti on s.t (a, b)");
        pair("index unique", "create index ti on s.t (a)", "create unique index ti on s.t (a)");
        pair(
                "index method",
                "create index ti on s.t (a)",
                "create index ti on s.t using brin (a) with (pages_per_range = 16)");
        both(
                "index comment",
                "create index ti on s.t (a)",
                "create index ti on s.t (a); comment on index s.ti is 'x'");
        both(
                "index statistics",
                "create index ti on s.t ((a + 1))",
                "create index ti on s.t ((a + 1)); alter index s.ti alter column 1 set statistics"
                        + " 300");
        pair(
                "index of a dropped column",
                "create index ti on s.t (a, b)",
                "create index ti on s.t (a); alter table s.t drop b");
        pair(
                "index made valid",
                "create index ti on s.t (a); update pg_index set indisvalid = false where"
                        + " indexrelid = 's.ti'::regclass",
                "create index ti on s.t (a)");
        open(
                "index made invalid",
                "create index ti on s.t (a)",
                "create index ti on s.t (a); update pg_index set indisvalid = false where"
                        + " indexrelid = 's.ti'::regclass");
    }

    private void partitions() {
        both(
                "partition",
                "",
                "create table s.p2 partition of s.p for values from ('2026-01-01') to"
                        + " ('2027-01-01')");
        both("default partition", "", "create table s.pd partition of s.p default");
        both(
                "partitioned table",
                "",
                "create table s.q (id int not null, k int not null, note text default 'n', primary"
                        + " key (id, k)) partition by list (k); create table s.q1 partition of s.q for"
                        + " values in (1, 2); create table s.q2 partition of s.q for values in (3)"
                        + " partition by hash (id); create table s.q20 partition of s.q2 for values"
                        + " with (modulus 2, remainder 0); create index qi on s.q (note); alter table"
                        + " s.q add constraint qc check (id > 0); alter table s.q add constraint qf"
                        + " foreign key (id) references s.other");
        pair(
                "partition bound",
                "",
                "drop table s.p1; create table s.p1 partition of s.p for values from ('2025-01-01')"
                        + " to ('2025-07-01')");
        both("partition detached", "", "alter table s.p detach partition s.p1");
        both("partitioned index", "", "create index pi on s.p (x)");
        both(
                "partitioned index with names of its own",
                "",
                "create index pi on only s.p (x); create index mine on s.p1 (x); alter index s.pi"
                        + " attach partition s.mine");
        both("partitioned key", "", "alter table s.p add primary key (id, d)");
        both(
                "partitioned foreign key",
                "",
                "alter table s.p add constraint pf foreign key (id) references s.other");
        both("column of a partitioned table", "", "alter table s.p add y int not null default 3");
        pair("column type of a partitioned table", "", "alter table s.p alter x type varchar(9)");
        both("not null of a partitioned table", "", "alter table s.p alter x set not null");
        both("default of the parent only", "", "alter table only s.p alter x set default 'p'");
        both("default of a partition only", "", "alter table s.p1 alter x set default 'p'");
        both(
                "trigger of a partitioned table",
                "",
                "create trigger g after insert on s.p for each row execute function s.trg()");
        both(
                "identity of a partitioned table",
                "",
                "drop table s.p; create table s.p (id int generated always as identity, d date not"
                        + " null, x text) partition by range (d); create table s.p1 partition of s.p"
                        + " for values from ('2025-01-01') to ('2026-01-01')");
        open(
                "partition key",
                "drop table s.p; create table s.p (id int, d date) partition by range (d)",
                "drop table s.p; create table s.p (id int, d date) partition by hash (id)");
    }

    private void sequences() {
        both(
                "sequence",
                "",
                "create sequence s.q as smallint increment 3 minvalue 2 maxvalue 99 start 5 cache 4"
                        + " cycle");
        pair(
                "sequence parameters",
                "create sequence s.q",
                "create sequence s.q increment -1 maxvalue 10 minvalue -10 start 10");
        pair("sequence type", "create sequence s.q as int", "create sequence s.q as bigint");
        both("sequence owned by", "create sequence s.q", "create sequence s.q owned by s.t.a");
        both("serial", "", "alter table s.t add n serial");
        pair(
                "owning column gone",
                "create sequence s.q owned by s.t.a",
                "create sequence s.q; alter table s.t drop a");
        both(
                "sequence grant and comment",
                "create sequence s.q",
                "create sequence s.q; grant usage, select on sequence s.q to app; comment on"
                        + " sequence s.q is 'c'");
    }

    private void views() {
        both("view", "", "create view s.w as select id, a + 1 as n from s.t where b like 'x%'");
        pair(
                "view text",
                "create view s.w as select id from s.t",
                "create view s.w as select id from s.t where a > 0");
        pair(
                "view column added",
                "create view s.w as select id from s.t",
                "create view s.w as select id, a from s.t");
        pair(
                "view column gone",
                "create view s.w as select id, a from s.t; create view s.w2 as select id from s.w",
                "create view s.w as select id from s.t; create view s.w2 as select id from s.w");
        both(
                "view options",
                "create view s.w as select id from s.t",
                "create view s.w with (security_barrier, security_invoker = true) as select id from"
                        + " s.t");
        both(
                "view column default and comment",
                "create view s.w as select id from s.t",
                "create view s.w as select id from s.t; alter view s.w alter id set default 3;"
                        + " comment on column s.w.id is 'c'; grant select (id) on s.w to app");
        both(
                "view grant",
                "create view s.w as select id from s.t",
                "create view s.w as select id from s.t; grant select on s.w to public");
        both(
                "materialized view",
                "",
                "create materialized view s.m as select a, count(*) n from s.t group by a; create"
                        + " unique index mi on s.m (a)");
        pair(
                "materialized view text",
                "create materialized view s.m as select a from s.t; create index mi on s.m (a)",
                "create materialized view s.m as select a from s.t where a > 0; create index mi on"
                        + " s.m (a)");
        pair(
                "materialized view options",
                "create materialized view s.m as select a from s.t",
                "create materialized view s.m with (fillfactor = 50) as select a from s.t");
        pair(
                "view becomes materialized",
                "create view s.w as select id from s.t",
                "create materialized view s.w as select id from s.t");
        pair(
                "view on a key",
                "alter table s.t add primary key (id); create view s.w as select id, a, count(*)"
                        + " from s.t group by id",
                "alter table s.t alter id set not null");
        pair(
                "view of a dropped column",
                "create view s.w as select id, a, b from s.t",
                "create view s.w as select id, a from s.t; alter table s.t drop b");
    }

    private void routines() {
        both(
                "function",
                "",
                "create function s.g(a int, b text default 'x', variadic c int[] default '{}')"
                        + " returns table (x int, y text) language plpgsql stable strict security"
                        + " definer set work_mem = '8MB' cost 7 rows 9 as $$begin return; end$$");
        both(
                "procedure",
                "",
                "create procedure s.g(a int, inout b int) language plpgsql as $$begin b := a;"
                        + " end$$");
        both(
                "aggregate",
                "",
                "create aggregate s.total(int) (sfunc = int4pl, stype = int, initcond = '0',"
                        + " combinefunc = int4pl, parallel = safe)");
        both(
                "ordered-set aggregate",
                "",
                "create aggregate s.pick(float8 order by anyelement) (sfunc ="
                        + " ordered_set_transition, stype = internal, finalfunc ="
                        + " percentile_disc_final, finalfunc_extra)");
        both("function volatility", "", "alter function s.f(int) volatile");
        pair(
                "function body",
                "",
                "create or replace function s.f(n int) returns int language sql immutable as"
                        + " 'select n + 2'");
        both(
                "function settings",
                "",
                "alter function s.f(int) set search_path = s, public; alter function s.f(int)"
                        + " parallel safe leakproof");
        both(
                "function overloaded",
                "",
                "create function s.f(n text) returns int language sql as 'select 1'");
        pair(
                "function result",
                "create view s.w as select s.f(id) as x from s.t",
                "drop function s.f(int); create function s.f(n int) returns bigint language sql"
                        + " immutable as 'select n + 1::bigint'; create view s.w as select s.f(id) as x"
                        + " from s.t");
        pair(
                "function argument renamed",
                "create index ti on s.t (s.f(a))",
                "drop function s.f(int); create function s.f(m int) returns int language sql"
                        + " immutable as 'select m + 1'; create index ti on s.t (s.f(a))");
        pair(
                "function under a default",
                "alter table s.t alter a set default s.f(1)",
                "drop function s.f(int); create function s.f(m int) returns int language sql"
                        + " immutable as 'select m + 1'; alter table s.t alter a set default s.f(1)");
        both(
                "function over a table",
                "",
                "create table s.n (i int); create function s.ns() returns setof s.n language sql as"
                        + " 'select * from s.n'");
        both(
                "function with a parsed body",
                "",
                "create function s.n() returns bigint language sql begin atomic select count(*)"
                        + " from s.t; end");
        pair(
                "function no longer used",
                "alter table s.t alter a set default s.f(1)",
                "alter table s.t alter a set default 1; drop function s.f(int)");
        both(
                "function grant",
                "",
                "revoke execute on function s.f(int) from public; grant execute on function"
                        + " s.f(int) to app");
        both("function comment", "", "comment on function s.f(int) is 'f'");
    }

    private void triggersAndRules() {
        both(
                "trigger",
                "",
                "create trigger g before insert or update of a, b on s.t for each row when (new.a >"
                        + " 0) execute function s.trg('x', 'y')");
        pair(
                "trigger other",
                "create trigger g before insert on s.t for each row execute function s.trg()",
                "create trigger g after insert on s.t for each row execute function s.trg()");
        both(
                "trigger disabled",
                "create trigger g before insert on s.t for each row execute function s.trg()",
                "create trigger g before insert on s.t for each row execute function s.trg(); alter"
                        + " table s.t disable trigger g");
        both(
                "constraint trigger",
                "",
                "create constraint trigger g after insert on s.t deferrable initially deferred for"
                        + " each row execute function s.trg()");
        pair(
                "constraint trigger other",
                "create constraint trigger g after insert on s.t for each row execute function"
                        + " s.trg()",
                "create constraint trigger g after update on s.t for each row execute function"
                        + " s.trg()");
        both(
                "trigger on a view",
                "create view s.w as select id from s.t",
                "create view s.w as select id from s.t; create trigger g instead of insert on s.w"
                        + " for each row execute function s.trg()");
        both(
                "trigger comment",
                "create trigger g before insert on s.t for each row execute function s.trg()",
                "create trigger g before insert on s.t for each row execute function s.trg();"
                        + " comment on trigger g on s.t is 'x'");
        both("rule", "", "create rule r as on delete to s.t where old.a = 1 do instead nothing");
        pair(
                "rule other",
                "create rule r as on delete to s.t do instead nothing",
                "create rule r as on delete to s.t do also insert into s.other (id) values"
                        + " (old.a)");
        both(
                "rule disabled",
                "create rule r as on delete to s.t do instead nothing",
                "create rule r as on delete to s.t do instead nothing; alter table s.t disable rule"
                        + " r");
    }

    private void types() {
        both(
                "enum",
                "",
                "create type s.e as enum ('a', 'it''s', 'c'); create table s.n (e s.e default 'a',"
                        + " es s.e[])");
        pair(
                "enum labels added",
                "",
                "alter type s.mood add value 'glum' after 'sad'; alter type s.mood add value 'dead'"
                        + " before 'sad'; alter type s.mood add value 'wild'");
        pair(
                "enum label gone",
                "",
                "drop type s.mood; create type s.mood as enum ('sad', 'happy')");
        pair(
                "column from one enum to another",
                "create table s.n (m s.mood)",
                "create type s.m2 as enum ('sad', 'ok', 'happy'); create table s.n (m s.m2)"
                        .replace("m s.m2", "m text"));
        both(
                "composite type",
                "",
                "create type s.c as (x int, y text collate \"C\"); comment on column s.c.x is 'x'");
        pair(
                "composite attributes",
                "create type s.c as (x int, y text)",
                "create type s.c as (x bigint, z text)");
        open(
                "composite order",
                "create type s.c as (x int, y text)",
                "create type s.c as (y text, x int)");
        both(
                "domain",
                "",
                "create domain s.d as varchar(9) collate \"C\" default 'x' not null constraint len"
                        + " check (length(value) > 0); create table s.n (d s.d)");
        pair(
                "domain rules",
                "create domain s.d as int constraint k check (value > 0) constraint g check (value"
                        + " < 9)",
                "create domain s.d as int default 4 not null constraint k check (value > 1)");
        pair(
                "domain validated",
                "create domain s.d as int; alter domain s.d add constraint k check (value > 0) not"
                        + " valid",
                "create domain s.d as int constraint k check (value > 0)");
        open(
                "domain base under a table",
                "create domain s.d as int; create table s.n (d s.d)",
                "create domain s.d as bigint; create table s.n (d s.d)");
        both(
                "range type",
                "",
                "create type s.r as range (subtype = float8, subtype_diff = float8mi,"
                        + " multirange_type_name = s.many_r)");
        pair(
                "range subtype",
                "create type s.r as range (subtype = int8)",
                "create type s.r as range (subtype = numeric)");
        both(
                "type grant and comment",
                "",
                "revoke usage on type s.mood from public; grant usage on type s.mood to app;"
                        + " comment on type s.mood is 'm'");
        pair("type owner", "", "alter type s.mood owner to app");
    }

    private void rights() {
        both(
                "table grant",
                "",
                "grant select, insert on s.t to app; grant update on s.t to app with grant option;"
                        + " grant select on s.t to public");
        pair(
                "grant option gone",
                "grant select on s.t to app with grant option",
                "grant select on s.t to app");
        both("owner's own right gone", "", "revoke delete on s.t from postgres");
        open(
                "same right by another",
                "grant usage on schema s to app; grant select on s.t to app with grant option; set role app; grant select on s.t to"
                        + " dba; reset role",
                "grant usage on schema s to app; grant select on s.t to app with grant option; grant select on s.t to dba");
        pair(
                "rights passed on stay",
                "grant usage on schema s to app; grant select (a) on s.t to app with grant option; set role app; grant select (a)"
                        + " on s.t to dba; reset role",
                "grant usage on schema s to app; grant select (a) on s.t to app with grant option; set role app; grant select (a)"
                        + " on s.t to dba; reset role; grant insert on s.t to app");
        pair(
                "owner and grants",
                "grant select on s.t to app",
                "grant select on s.t to dba; alter table s.t owner to app");
        pair(
                "table right gone, column right stays",
                "grant select on s.t to app; grant select (a) on s.t to app",
                "grant select (a) on s.t to app");
        both(
                "row level security",
                "",
                "alter table s.t enable row level security; alter table s.t force row level"
                        + " security");
        both(
                "policy",
                "",
                "create policy y on s.t as restrictive for update to app, dba using (a > 0) with"
                        + " check (a > 1)");
        pair(
                "policy condition",
                "create policy y on s.t using (a > 0)",
                "create policy y on s.t to app using (a > 1)");
        pair(
                "policy command",
                "create policy y on s.t for select using (a > 0)",
                "create policy y on s.t for all using (a > 0)");
        pair(
                "policy under a retyped column",
                "create policy y on s.t using (a > 0)",
                "alter table s.t alter a type bigint; create policy y on s.t using (a > 0)");
        both(
                "policy comment",
                "create policy y on s.t",
                "create policy y on s.t; comment on policy y on s.t is 'p'");
        both(
                "default privileges in a schema",
                "",
                "alter default privileges in schema s grant select on tables to app; alter default"
                        + " privileges in schema s grant usage on sequences to app");
        both(
                "default privileges everywhere",
                "",
                "alter default privileges revoke execute on functions from public; alter default"
                        + " privileges grant insert on tables to app with grant option");
        both(
                "table under default privileges",
                "alter default privileges in schema s grant select on tables to app",
                "alter default privileges in schema s grant select on tables to app; create table"
                        + " s.n (i int)");
        pair(
                "table against default privileges",
                "alter default privileges in schema s grant select on tables to app",
                "create table s.n (i int); alter default privileges in schema s grant select on"
                        + " tables to app");
    }

    private void others() {
        both(
                "collation made by a user",
                "",
                "create collation s.mine (provider = builtin, locale = 'C.UTF-8'); create table s.n"
                        + " (x text collate s.mine)");
        pair(
                "collation other",
                "create collation s.mine (provider = builtin, locale = 'C.UTF-8')",
                "create collation s.mine (provider = builtin, locale = 'C'); comment on collation"
                        + " s.mine is 'c'");
        both(
                "extended statistics",
                "",
                "create statistics s.st (ndistinct, mcv) on a, b, (a + id) from s.t; alter"
                        + " statistics s.st set statistics 200");
        pair(
                "extended statistics other",
                "create statistics s.st on a, b from s.t",
                "create statistics s.st (ndistinct) on a, id from s.t; comment on statistics s.st"
                        + " is 'c'");
        both(
                "publication",
                "",
                "create publication pub for table s.t (id, a) where (a > 0), s.other with (publish"
                        + " = 'insert, update', publish_via_partition_root)");
        pair(
                "publication other",
                "create publication pub for table s.t",
                "create publication pub for table s.other, tables in schema s with (publish ="
                        + " 'delete')");
        pair(
                "publication emptied",
                "create publication pub for table s.t (id)",
                "create publication pub; comment on publication pub is 'c'");
        both(
                "publication of all tables",
                "create publication pub",
                "create publication pub for all tables");
        both(
                "foreign table",
                "create extension postgres_fdw schema public; create server far foreign data"
                        + " wrapper postgres_fdw",
                "create extension postgres_fdw schema public; create server far foreign data"
                        + " wrapper postgres_fdw; create foreign table s.ft (i int options (column_name"
                        + " 'j'), t text) server far options (table_name 'x', fetch_size '10')");
    }

    private void nasty() {
        var schema = "create schema \"S\"\"a.b 'x' $$ ;--\"; ";
        var table = "\"S\"\"a.b 'x' $$ ;--\".\"T {y} :z \\ /*\"";
        both(
                "nasty names",
                schema,
                schema
                        + "create table "
                        + table
                        + " (\"select\" int primary key, \"É 中😀\" text default ';--', constraint"
                        + " \"chk \"\"q\"\"\" check (\"select\" > 0)); create index \"I x ON y (\""
                        + " on "
                        + table
                        + " (\"É 中😀\") where \"É 中😀\" <> ';'; create view \"S\"\"a.b 'x' $$"
                        + " ;--\".\"v.w\" as select \"É 中😀\" as \"a \"\"b\" from "
                        + table
                        + "; create type \"S\"\"a.b 'x' $$ ;--\".\"e \"\"\" as enum ('it''s', '\\',"
                        + " '\"', '$$'); create function \"S\"\"a.b 'x' $$ ;--\".\"f(x)\"(\"a b\""
                        + " \"S\"\"a.b 'x' $$ ;--\".\"e \"\"\") returns int language sql as"
                        + " $q$select 1 -- $$ ; $q$; grant select (\"É 中😀\") on "
                        + table
                        + " to \"Odd \"\"Role\";"
                        + " create policy \"p;\" on "
                        + table
                        + " to \"Odd \"\"Role\" using (\"select\" = 1);"
                        + " comment on table "
                        + table
                        + " is 'back\\slash ''quoted'' $$ ; :x {y}'");
        pair(
                "nasty names altered",
                schema + "create table " + table + " (\"select\" int, \"É 中😀\" text)",
                schema
                        + "create table "
                        + table
                        + " (\"select\" bigint not null default 3, \"É 中😀\" varchar(3), \"New"
                        + " Col;\" int); alter table "
                        + table
                        + " owner to \"Odd \"\"Role\"");
    }

    private void together() {
        both(
                "many things at once",
                "",
                "create type s.kind as enum ('a', 'b'); create sequence s.num; create function"
                        + " s.next() returns bigint language sql as 'select nextval(''s.num'')'; create"
                        + " table s.doc (id bigint default s.next() primary key, k s.kind not null"
                        + " default 'a', t int references s.other, body text); create view s.docs as"
                        + " select d.*, o.x from s.doc d left join s.other o on o.id = d.t; create"
                        + " function s.doc_count(s.doc) returns int language sql begin atomic select 1;"
                        + " end; create materialized view s.sums as select k, count(*) from s.docs"
                        + " group by k; create trigger g after insert on s.doc for each row execute"
                        + " function s.trg(); alter table s.doc enable row level security; create"
                        + " policy mine on s.doc using (t in (select id from s.other)); grant select on"
                        + " s.docs, s.sums to app");
        pair(
                "a chain rebuilt",
                "create view s.w1 as select a, b from s.t; create view s.w2 as select a from s.w1;"
                        + " create materialized view s.m as select a from s.w2; create index mi on s.m"
                        + " (a); grant select on s.w2 to app; create policy y on s.other using (exists"
                        + " (select from s.w2))",
                "alter table s.t alter a type numeric(12,3); create view s.w1 as select a, b from"
                        + " s.t; create view s.w2 as select a from s.w1; create materialized view s.m"
                        + " as select a from s.w2; create index mi on s.m (a); grant select on s.w2 to"
                        + " app; create policy y on s.other using (exists (select from s.w2))");
    }
}
