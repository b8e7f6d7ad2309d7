package io.lakebaseops.schema;

import io.lakebaseops.schema.SchemaPairs.Pair;

import java.util.ArrayList;
import java.util.List;

/// Pairs from public tests of other schema tools and from reports of users, told in names of our
/// own: each was once derived into a statement that failed, or missed its aim.
final class ReportedPairs {
    private static final String ROOM =
            "create table s.room (a timestamp, e timestamp, exclude using gist (tsrange(a, e) with &&))";
    private static final String USES_OK =
            """
            create table s.n (id int, d bool default s.ok(1), g bool generated always as (s.ok(id)) stored,
                              check (s.ok(id)));
            insert into s.n (id) values (1), (2);
            create policy p on s.n using (s.ok(id));
            create view s.w as select s.ok(id) as b from s.n;
            create index ni on s.n (s.ok(id));
            """;
    private static final String OK =
            "create function s.ok(u int) returns bool language sql immutable as 'select true';";
    private static final String OK_WITH_DEFAULT =
            "create function s.ok(u int, x text default 'd') returns bool language sql immutable as"
                    + " 'select true';";
    private static final String IN_LIST =
            """
            alter table s.n add constraint c check (v in ('a', 'b''c', 'd, e]'));
            create index ni on s.n (v) where v in ('a', 'b');
            create view s.w as select v in ('a', 'b') as x from s.n;
            create policy p on s.n using (v in ('a', 'b')) with check (v in ('a', 'b'));
            create domain s.d as varchar(10) check (value in ('a', 'b'));
            alter table s.n add g bool generated always as (v in ('a', 'b')) stored;
            """;
    private static final String PARCEL =
            "create table s.n (id %s primary key, x text); insert into s.n (x) values ('a'), ('b');";
    private static final String LISTED =
            "create table s.m (k int, b text%s) partition by list (k); create table s.m1 partition"
                    + " of s.m for values in (1); insert into s.m values (1, 'x');";

    private static final String IN_CITEXT =
            """
            create table s.n (id int, c %1$s.citext not null default 'x'::%1$s.citext, cs %1$s.citext[],
                              check (c <> 'no'::%1$s.citext));
            insert into s.n values (1, 'One', '{a,B}');
            create index ni on s.n (c);
            create view s.w as select c, c = 'one'::%1$s.citext as one from s.n;
            create domain s.word as %1$s.citext check (value <> ''::%1$s.citext);
            create function s.low(x %1$s.citext) returns text language sql as 'select lower(x)';
            """;

    private final List<Pair> pairs = new ArrayList<>();

    private ReportedPairs() {}

    static List<Pair> all() {
        var p = new ReportedPairs();
        p.expressions();
        p.dropped();
        p.columns();
        p.counters();
        p.partitions();
        p.rights();
        p.inheritance();
        p.enums();
        p.others();
        return p.pairs;
    }

    private void pair(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, true, false));
    }

    private void both(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, true, true));
    }

    private void open(String what, String before, String after) {
        pairs.add(new Pair(what, before, after, false, false));
    }

    private void expressions() {
        both("exclusion with an expression", "", ROOM);
        both(
                "varchar in a list",
                "create table s.n (v varchar(10))",
                "create table s.n (v varchar(10));" + IN_LIST);
        pair("function with one more argument", OK + USES_OK, OK_WITH_DEFAULT + USES_OK);
        pair(
                "function of another result under a default",
                "create function s.nx() returns int language sql as 'select 1'; create table s.n (i"
                        + " bigint default s.nx())",
                "create function s.nx() returns bigint language sql as 'select 1'; create table s.n"
                        + " (i bigint default s.nx())");
        both(
                "functions that call each other",
                "",
                """
                create function s.inner_one() returns int language sql as 'select 7';
                create function s.call_one() returns int language plpgsql as
                  'begin return s.inner_one(); end';
                alter table s.other add z int default s.call_one();
                """);
    }

    private void dropped() {
        both(
                "table and the key it refers to",
                "create table s.lab (id int primary key, code int unique); create table s.post (lab"
                        + " int references s.lab (code))",
                "create table s.lab (id int primary key)");
        both(
                "table and the primary key it refers to",
                "create table s.lab (id int primary key); create table s.post (lab int references"
                        + " s.lab)",
                "create table s.lab (id int not null)");
        both(
                "tables that a policy and a rule tie",
                """
                create table s.acc (id int); create table s.usr (id int);
                create policy p on s.acc using (exists (select 1 from s.usr));
                create rule r as on insert to s.acc do also insert into s.usr values (1);
                create view s.w as select 1 as x;
                create rule rw as on insert to s.w do instead insert into s.usr values (1);
                """,
                "");
        both(
                "policy on a view's table",
                "create table s.acc (id int); create view s.w as select 1 as x; create policy p on"
                        + " s.acc using (exists (select 1 from s.w))",
                "");
        pair(
                "column of a publication's list",
                "create table s.r (id int primary key, note text, x int); create publication pub for"
                        + " table s.r (id, note)",
                "create table s.r (id int primary key, note text, x int); alter table s.r drop note;"
                        + " create publication pub for table s.r (id)");
        both(
                "column of a row filter",
                "create table s.r (id int primary key); create publication pub for table s.r where"
                        + " (id > 3)",
                "create table s.r (id bigint primary key); create publication pub for table s.r"
                        + " where (id > 3)");
        both(
                "enum label that nothing uses",
                "create type s.hue as enum ('a', 'b', 'c')",
                "create type s.hue as enum ('c', 'a')");
    }

    private void columns() {
        both(
                "columns in their order",
                "create table s.n (id int)",
                "create table s.n (id int, zeta" + " int, alpha int, mid int)");
        both(
                "generated column and its base",
                "create table s.n (a int, g int generated always as (a * 2) stored); insert into"
                        + " s.n values (3)",
                "create table s.n (a bigint, g bigint generated always as (a * 2) stored)");
        both(
                "generated column retyped",
                "create table s.n (a int, g int generated always as (a * 2) stored not null);"
                        + " insert into s.n values (3)",
                "create table s.n (a int, g bigint generated always as (a * 2) stored not null)");
        pair(
                "generated column of another base",
                "create table s.n (a int, b int, g int generated always as (b + 1) stored)",
                "create table s.n (a int, b int, g int generated always as (a + 1) stored); alter"
                        + " table s.n drop b");
        pair(
                "generated column no more",
                "create table s.n (a int, b int, g int generated always as (b + 1) stored)",
                "create table s.n (a int, b int, g int); alter table s.n drop b");
        pair(
                "both ends of a key",
                "create table s.par (id int primary key); create table s.kid (p int references s.par);"
                        + " insert into s.par values (1); insert into s.kid values (1)",
                "create table s.par (id text primary key); create table s.kid (p text references"
                        + " s.par)");
        both(
                "both ends of a key, comparable",
                "create table s.par (id int primary key); create table s.kid (p int references s.par)",
                "create table s.par (id bigint primary key); create table s.kid (p bigint references"
                        + " s.par)");
        open("no cast", "create table s.n (v bigint)", "create table s.n (v timestamp)");
        open(
                "no cast of ranges",
                "create table s.n (v int4range)",
                "create table s.n (v int8range)");
        pair(
                "one enum to another",
                "create type s.one as enum ('a', 'b'); create type s.two as enum ('b', 'a'); create"
                        + " table s.n (v s.one); insert into s.n values ('a')",
                "create type s.one as enum ('a', 'b'); create type s.two as enum ('b', 'a'); create"
                        + " table s.n (v s.two)");
        open(
                "row type stored elsewhere",
                "create table s.a (x int); create table s.b (y s.a)",
                "create table s.a (x bigint); create table s.b (y s.a)");
        open(
                "composite type stored elsewhere",
                "create type s.c as (x int); create table s.b (y s.c)",
                "create type s.c as (x bigint); create table s.b (y s.c)");
        both(
                "foreign column",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " create foreign table s.ft (i int, t text) server srv",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " create foreign table s.ft (i bigint options (col 'x'), t text) server srv;"
                        + " alter foreign table s.ft alter t set storage external");
    }

    private void counters() {
        both(
                "serial to identity",
                PARCEL.formatted("bigserial"),
                PARCEL.formatted("bigint generated always as identity"));
        both(
                "serial to identity of another sequence",
                PARCEL.formatted("bigserial"),
                PARCEL.formatted(
                        "bigint generated by default as identity (sequence name s.counter start 5)"));
        both(
                "owned sequence unlogged",
                "create table s.n (id serial)",
                "create table s.n (id serial); alter sequence s.n_id_seq set unlogged");
        both(
                "table and its sequence unlogged",
                "create table s.n (id serial)",
                "create unlogged table s.n (id serial)");
        pair(
                "sequence bounds that hold the counter",
                "create sequence s.q; select setval('s.q', 30)",
                "create sequence s.q minvalue 5 maxvalue 99 start 7 increment 3");
        pair(
                "identity of a smaller type",
                "create table s.n (id bigint generated always as identity); insert into s.n default"
                        + " values",
                "create table s.n (id smallint generated always as identity (maxvalue 99))");
        open(
                "sequence of another column's identity",
                "create table s.k (a int not null, b int not null); create sequence s.q owned by"
                        + " s.k.a",
                "create table s.k (a int not null, b int not null generated always as identity"
                        + " (sequence name s.q))");
    }

    private void partitions() {
        both("collation of a parent", LISTED.formatted(""), LISTED.formatted(" collate \"C\""));
        open(
                "type of a partition key",
                LISTED.formatted(""),
                LISTED.formatted("").replace("k int", "k bigint"));
        open(
                "attached with an index like the parent's",
                "create table s.m (k int, b int) partition by list (k); create index mi on s.m (b);"
                        + " create table s.m1 (k int, b int); create index own on s.m1 (b)",
                "create table s.m (k int, b int) partition by list (k); create table s.m1 partition"
                        + " of s.m for values in (1); create index mi on s.m (b); create index own on"
                        + " s.m1 (b)");
        pair(
                "key to a partitioned table",
                "create table s.m (k int) partition by list (k); create table s.m1 (k int not null);"
                        + " create table s.n (k int)",
                "create table s.m (k int primary key) partition by list (k); create table s.m1"
                        + " partition of s.m for values in (1); create table s.n (k int references s.m)");
        open(
                "key whose index lacks a part",
                "create table s.m (k int) partition by list (k); create table s.m1 partition of s.m"
                        + " for values in (1)",
                "create table s.m (k int not null) partition by list (k); create table s.m1"
                        + " partition of s.m for values in (1); alter table only s.m add constraint mp"
                        + " unique (k)");
    }

    private void rights() {
        both(
                "rights on a view become those on its column",
                "create view s.w as select 1 as a, 2 as b; grant select on s.w to app",
                "create view s.w as select 1 as a, 2 as b; grant select (a) on s.w to app");
        both(
                "granted although the default was taken",
                "alter default privileges revoke execute on functions from public",
                "alter default privileges revoke execute on functions from public; create function"
                        + " s.g() returns int language sql as 'select 1'; grant execute on function s.g()"
                        + " to public");
        both(
                "options of views that decide about rights",
                "create view s.w with (security_barrier) as select 1 as a; create view s.x as"
                        + " select id from s.t",
                "create view s.w with (security_invoker) as select 1 as a; create view s.x as"
                        + " select id from s.t with local check option");
    }

    private static final String PARTED =
            """
            create table s.m%1$s (k int primary key) partition by list (k);
            create table s.part partition of s.m%1$s for values in (1);
            create table s.n%1$s (k int references s.m%1$s) partition by list (k);
            create table s.piece partition of s.n%1$s for values in (1);
            insert into s.m%1$s values (1);
            insert into s.n%1$s values (1);
            """;

    private void inheritance() {
        both(
                "parents of partitions with a key between them",
                PARTED.formatted("x"),
                PARTED.formatted("y"));
        both(
                "column of a child that its parent gets too",
                "create table s.par (id int); create table s.kid (x int) inherits (s.par)",
                "create table s.par (id int, x int); create table s.kid (x int) inherits (s.par)");
        pair(
                "column of a child that its parent had",
                "create table s.par (id int, x int not null default 3); create table s.kid () inherits"
                        + " (s.par); insert into s.kid values (1, 2)",
                "create table s.par (id int); create table s.kid (x int not null default 3) inherits"
                        + " (s.par)");
        both(
                "column of a grandchild",
                "create table s.par (id int); create table s.kid () inherits (s.par); create table"
                        + " s.grandkid (x int) inherits (s.kid)",
                "create table s.par (id int, x int); create table s.kid () inherits (s.par); create"
                        + " table s.grandkid (x int) inherits (s.kid)");
    }

    private void enums() {
        pair(
                "label of an enum that is in use",
                """
                create type s.hue as enum ('a', 'b', 'c');
                create table s.n (id int, h s.hue not null default 'a', hs s.hue[], check (h <> 'b'));
                insert into s.n values (1, 'a', '{c,a}'), (2, 'c', null);
                create index ni on s.n (h) where h = 'c';
                create view s.w as select h, h = 'c' as is_c from s.n;
                create function s.fh(x s.hue) returns s.hue language sql as 'select x';
                grant usage on type s.hue to app;
                """,
                """
                create type s.hue as enum ('c', 'a');
                create table s.n (id int, h s.hue not null default 'a', hs s.hue[], check (h <= 'a'));
                create index ni on s.n (h) where h = 'c';
                create view s.w as select h, h = 'c' as is_c from s.n;
                create function s.fh(x s.hue) returns s.hue language sql as 'select x';
                grant usage on type s.hue to app;
                """);
        open(
                "label of an enum in a domain",
                "create type s.hue as enum ('a', 'b'); create domain s.shade as s.hue; create table"
                        + " s.n (h s.shade)",
                "create type s.hue as enum ('a'); create domain s.shade as s.hue; create table s.n (h"
                        + " s.shade)");
    }

    private void others() {
        pair(
                "under another name",
                "create table s.n (j text, i int); create index ni on s.n (j)",
                "create table s.n (j text, k int); create index nj on s.n (j)");
        pair(
                "column of a domain that checks",
                "create domain s.d as int check (value > 0)",
                "create domain s.d as int check (value > 0); alter table s.t add n s.d");
        pair(
                "partition beside a default",
                "create table s.m (k int) partition by list (k); create table s.rest partition of s.m"
                        + " default; insert into s.m values (7)",
                "create table s.m (k int) partition by list (k); create table s.rest partition of s.m"
                        + " default; create table s.m1 partition of s.m for values in (1)");
        both(
                "extension moved under its types",
                "create extension citext schema s; " + IN_CITEXT.formatted("s"),
                "create extension citext schema public; " + IN_CITEXT.formatted("public"));
        both(
                "constraint trigger to a plain one",
                "create constraint trigger g after insert on s.t for each row execute function"
                        + " s.trg()",
                "create trigger g after insert on s.t for each row execute function s.trg()");
        open(
                "version without a way back",
                "create extension hstore schema s version '1.8'",
                "create extension hstore schema s version '1.7'");
    }
}
