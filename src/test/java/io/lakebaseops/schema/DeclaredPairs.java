package io.lakebaseops.schema;

import io.lakebaseops.schema.SchemaPairs.Pair;

import java.util.ArrayList;
import java.util.List;

/// Pairs over the kinds that are one statement and little else, and over the database itself.
final class DeclaredPairs {
    private static final String CALC =
            """
            create function s.plus(a s.mood, b s.mood) returns s.mood language sql immutable as 'select $1';
            create function s.less(a s.mood, b s.mood) returns bool language sql immutable as 'select false';
            create function s.cmp(a s.mood, b s.mood) returns int language sql immutable as 'select 0';
            """;
    private static final String FAMILY =
            CALC
                    + """
                    create operator s.<# (function = s.less, leftarg = s.mood, rightarg = s.mood);
                    create operator family s.fam using btree;
                    """;
    private static final String DICT =
            "create text search dictionary s.d (template = pg_catalog.simple, accept = 'false');";

    private final List<Pair> pairs = new ArrayList<>();

    private DeclaredPairs() {}

    static List<Pair> all() {
        var p = new DeclaredPairs();
        p.operators();
        p.textSearch();
        p.foreign();
        p.languages();
        p.loose();
        p.database();
        p.rights();
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

    private void operators() {
        var toInt = "create function s.m2i(m s.mood) returns int language sql as 'select 1'; ";
        both(
                "cast",
                toInt,
                toInt
                        + "create cast (s.mood as int) with function s.m2i(s.mood) as assignment;"
                        + " comment on cast (s.mood as int) is 'why'");
        pair(
                "cast context",
                toInt + "create cast (s.mood as int) with function s.m2i(s.mood)",
                toInt + "create cast (s.mood as int) with function s.m2i(s.mood) as implicit");
        both("cast in out", "", "create cast (s.mood as varchar) with inout");
        both(
                "operator",
                CALC,
                CALC
                        + "create operator s.+# (function = s.plus, leftarg = s.mood, rightarg = s.mood,"
                        + " commutator = operator(s.+#)); comment on operator s.+# (s.mood, s.mood) is 'o';"
                        + " alter operator s.+# (s.mood, s.mood) owner to app");
        both(
                "prefix operator with its function",
                "",
                "create function s.neg(m s.mood) returns s.mood language sql as 'select $1'; create"
                        + " operator s.!# (function = s.neg, rightarg = s.mood)");
        pair(
                "operator estimators",
                CALC
                        + "create operator s.<# (function = s.less, leftarg = s.mood, rightarg = s.mood)",
                CALC
                        + "create operator s.<# (function = s.less, leftarg = s.mood, rightarg ="
                        + " s.mood, restrict = scalarltsel, join = scalarltjoinsel)");
        pair(
                "operator under a view",
                CALC
                        + "create operator s.<# (function = s.less, leftarg = s.mood, rightarg ="
                        + " s.mood); create view s.w as select 'ok'::s.mood operator(s.<#)"
                        + " 'sad'::s.mood as x",
                CALC
                        + "create operator s.<# (function = s.less, leftarg = s.mood, rightarg ="
                        + " s.mood, restrict = scalarltsel); create view s.w as select 'ok'::s.mood"
                        + " operator(s.<#) 'sad'::s.mood as x");
        both(
                "operator class",
                FAMILY,
                FAMILY
                        + "create operator class s.cls for type s.mood using btree family s.fam as"
                        + " operator 1 s.<#, function 1 s.cmp(s.mood, s.mood); create table s.n (m"
                        + " s.mood); create index ni on s.n (m s.cls)");
        pair(
                "operator class with a storage",
                "",
                "create operator class s.cls for type int4[] using gin as operator 3"
                        + " pg_catalog.&& (anyarray, anyarray), function 1 btint4cmp(int, int),"
                        + " function 2 ginarrayextract(anyarray, internal, internal), function 3"
                        + " ginqueryarrayextract(anyarray, internal, smallint, internal, internal,"
                        + " internal, internal), function 4 ginarrayconsistent(internal, smallint,"
                        + " anyarray, int, internal, internal, internal, internal), storage int4");
        both(
                "loose members of a family",
                FAMILY,
                FAMILY
                        + "alter operator family s.fam using btree add operator 1 s.<# (s.mood,"
                        + " s.mood), function 1 (s.mood, s.mood) s.cmp(s.mood, s.mood)");
        both(
                "operator family owner",
                "",
                "create operator family s.fam2 using hash; alter operator family s.fam2 using hash"
                        + " owner to app");
        both(
                "conversion",
                "",
                "create conversion s.conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8");
    }

    private void textSearch() {
        both("text search dictionary", "", DICT + " comment on text search dictionary s.d is 'd'");
        pair(
                "text search dictionary options",
                DICT,
                "create text search dictionary s.d (template = pg_catalog.snowball, language ="
                        + " 'english', stopwords = 'english')");
        both(
                "text search configuration",
                DICT,
                DICT
                        + "create text search configuration s.cfg (copy = pg_catalog.english); alter"
                        + " text search configuration s.cfg alter mapping for asciiword with s.d,"
                        + " english_stem; create table s.n (x text); create index ni on s.n using"
                        + " gin (to_tsvector('s.cfg', x))");
        pair(
                "text search mapping",
                DICT + "create text search configuration s.cfg (copy = pg_catalog.simple)",
                DICT
                        + "create text search configuration s.cfg (copy = pg_catalog.simple); alter"
                        + " text search configuration s.cfg drop mapping for email; alter text"
                        + " search configuration s.cfg alter mapping for word with s.d");
        both(
                "text search template and parser",
                "",
                "create text search template s.tt (lexize = dsimple_lexize, init = dsimple_init);"
                        + " create text search parser s.tp (start = prsd_start, gettoken ="
                        + " prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)");
    }

    private void foreign() {
        both(
                "foreign data wrapper",
                "",
                "create foreign data wrapper wrap options (debug 'true'); grant usage on foreign"
                        + " data wrapper wrap to app; comment on foreign data wrapper wrap is 'w'");
        both(
                "server",
                "create foreign data wrapper wrap",
                "create foreign data wrapper wrap; create server srv type 'x' version '1' foreign"
                        + " data wrapper wrap options (host 'it''s', dbname 'd'); grant usage on"
                        + " foreign server srv to app with grant option; alter server srv owner to"
                        + " app");
        pair(
                "server options under a foreign table",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap"
                        + " options (host 'a', port '1'); create foreign table s.ft (i int) server"
                        + " srv",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap"
                        + " options (host 'b', dbname 'c'); create foreign table s.ft (i int) server"
                        + " srv");
        open(
                "server of another type under a foreign table",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " create foreign table s.ft (i int) server srv",
                "create foreign data wrapper wrap; create server srv type 'other' foreign data"
                        + " wrapper wrap; create foreign table s.ft (i int) server srv");
        both(
                "user mapping",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " alter server srv owner to dba",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " alter server srv owner to dba; create user mapping for dba server srv"
                        + " options (\"user\" 'u'); create user mapping for public server srv");
        open(
                "user mapping with a password",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " alter server srv owner to dba; create user mapping for dba server srv"
                        + " options (password 'hush')");
        open(
                "foreign table with secret options",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " create foreign table s.ft (i int, j int options (a '1', api_key 'h')) server"
                        + " srv options (b '1', c '2', old_token 'h')",
                "create foreign data wrapper wrap; create server srv foreign data wrapper wrap;"
                        + " create foreign table s.ft (i int options (secret 'hush'), j int options (a"
                        + " '2', api_key 'h')) server srv options (b '1', c '3', password 'hush')");
    }

    private void languages() {
        both(
                "language",
                "",
                "create trusted language lang handler plpgsql_call_handler inline plpgsql_inline_handler"
                        + " validator plpgsql_validator; revoke usage on language lang from public;"
                        + " create function s.g() returns int language lang as 'begin return 1;"
                        + " end'; comment on language lang is 'l'");
        both(
                "access method",
                "",
                "create access method acc type table handler heap_tableam_handler; create table"
                        + " s.n (i int) using acc");
        both(
                "transform",
                "create function s.t2i(internal) returns internal language internal immutable as"
                        + " 'int4abs'",
                "create function s.t2i(internal) returns internal language internal immutable as"
                        + " 'int4abs'; create transform for s.mood language sql (from sql with"
                        + " function s.t2i(internal))");
    }

    private void loose() {
        var function =
                "create function s.ev() returns event_trigger language plpgsql as 'begin end'; ";
        both(
                "event trigger",
                function,
                function
                        + "create event trigger evt on ddl_command_end when tag in ('CREATE TABLE',"
                        + " 'DROP TABLE') execute function s.ev(); create table s.n (i int)");
        both(
                "event trigger disabled",
                function + "create event trigger evt on sql_drop execute function s.ev()",
                function
                        + "create event trigger evt on sql_drop execute function s.ev(); alter event"
                        + " trigger evt disable; comment on event trigger evt is 'e'");
        open("shell type", "", "create type s.shell");
        open(
                "security label",
                "",
                "insert into pg_seclabel values ('s.t'::regclass, 'pg_class'::regclass, 0, 'p', 'x')");
        open(
                "subscription",
                "",
                "create subscription sub connection 'host=nowhere password=hush' publication p with"
                        + " (connect = false)");
    }

    private void database() {
        both(
                "database settings",
                "",
                """
                do $$ begin
                  execute format('alter database %I set work_mem = %L', current_database(), '9MB');
                  execute format('alter database %I set search_path = s, "Odd", public', current_database());
                  execute format('alter database %I set "app.x" = %L', current_database(), 'it''s');
                  execute format('alter role app in database %I set statement_timeout = 5', current_database());
                end $$
                """);
        pair(
                "database setting other",
                "do $$ begin execute format('alter database %I set work_mem = %L',"
                        + " current_database(), '9MB'); end $$",
                "do $$ begin execute format('alter database %I set work_mem = %L',"
                        + " current_database(), '8MB'); end $$");
        open(
                "database setting that is a secret",
                "",
                "do $$ begin execute format('alter database %I set \"app.jwt_secret\" = %L',"
                        + " current_database(), 'hush'); end $$");
        both(
                "database rights, limit and comment",
                "",
                """
                do $$ begin
                  execute format('revoke connect on database %I from public', current_database());
                  execute format('grant create, connect on database %I to app', current_database());
                  execute format('alter database %I connection limit 7', current_database());
                  execute format('comment on database %I is %L', current_database(), 'mine');
                end $$
                """);
        pair(
                "database owner",
                "",
                "do $$ begin execute format('alter database %I owner to app', current_database());"
                        + " end $$");
    }

    private void rights() {
        both(
                "rights on the information schema",
                "",
                "grant insert on information_schema.tables to app; revoke select on"
                        + " information_schema.views from public; revoke usage on schema"
                        + " information_schema from public; grant select on"
                        + " information_schema._pg_foreign_tables to app");
        for (var by :
                List.of(
                        "comment on function s.seg_in(cstring) is 'hand'",
                        "alter function s.seg_in(cstring) cost 7",
                        "alter function s.seg_in(cstring) owner to app",
                        "alter type s.seg owner to app")) {
            open(by, "create extension seg schema s", "create extension seg schema s; " + by);
        }
        open(
                "view of an extension",
                "create extension pg_buffercache schema s",
                "create extension pg_buffercache schema s; alter view s.pg_buffercache alter bufferid"
                        + " set default 1; comment on column s.pg_buffercache.bufferid is 'n'");
        for (var by :
                List.of(
                        "alter table s.other add constraint more check (x > 0)",
                        "create trigger g before insert on s.other for each row execute function"
                                + " s.trg()",
                        "create rule r as on insert to s.other do also nothing",
                        "alter table s.other alter x set statistics 7",
                        "alter table s.other alter x set default 3",
                        "alter table s.other add more int",
                        "comment on constraint other_pkey on s.other is 'hand'")) {
            var owned = "create extension seg schema s; alter extension seg add table s.other; ";
            open(by + " of an extension", owned, owned + by);
        }
        both(
                "statistics on a table of an extension",
                "create extension seg schema s; alter extension seg add table s.other",
                "create extension seg schema s; alter extension seg add table s.other; create"
                        + " statistics s.st on id, x from s.other");
        for (var by :
                List.of(
                        "comment on function pg_catalog.pg_sleep(float8) is 'hand'",
                        "alter function pg_catalog.pg_sleep(float8) cost 7",
                        "create or replace view information_schema.information_schema_catalog_name"
                                + " as select 'x'::information_schema.sql_identifier as catalog_name")) {
            open(by, "", by);
        }
        both(
                "rights on functions of the system",
                "",
                "grant execute on function pg_catalog.pg_stat_reset() to app; revoke execute on"
                        + " function pg_catalog.pg_sleep(float8) from public; grant select"
                        + " (rolpassword) on pg_catalog.pg_authid to app");
        both(
                "rights on parts of an extension",
                "create extension pg_buffercache schema public",
                "create extension pg_buffercache schema public; grant select on"
                        + " public.pg_buffercache to app; grant execute on function"
                        + " public.pg_buffercache_pages() to app");
    }
}
