package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.sqltext.CodeUse.What;
import io.lakebaseops.sqltext.Parsed.NotUnderstood;
import io.lakebaseops.sqltext.Parsed.Understood;
import io.lakebaseops.sqltext.Parsed.Why;
import io.lakebaseops.sqltext.RelationUse.How;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

final class SqlParserTest {
    private static SqlStatement one(String sql) {
        var statement = SqlParser.parse(sql).single();
        assertThat(statement).as("%s: %s", sql, SqlParser.parse(sql)).isNotNull();
        return statement;
    }

    private static NotUnderstood refused(String sql) {
        return (NotUnderstood) SqlParser.parse(sql);
    }

    @Test
    void statements_have_their_places_in_the_text() {
        var text = "-- é\nselect 'žlutý 🐎'; /* x */ drop table t -- end\n;\n";
        var read = (Understood) SqlParser.parse(text);
        assertThat(read.statements())
                .extracting(SqlStatement::kind)
                .containsExactly(StatementKind.SELECT, StatementKind.DROP);
        assertThat(read.statements().get(0).text()).isEqualTo("select 'žlutý 🐎'");
        assertThat(read.statements().get(0).start()).isEqualTo(text.indexOf("select"));
        assertThat(read.statements().get(1).start()).isEqualTo(text.indexOf("drop"));
        assertThat(read.statements().get(1).text()).startsWith("drop table t");
        assertThat(SqlParser.parse(text).single()).isNull();
    }

    @Test
    void nothing_but_comments_is_understood_as_nothing() {
        assertThat(SqlParser.parse("-- nothing"))
                .isEqualTo(new Understood("-- nothing", List.of()));
        assertThat(SqlParser.parse("")).isEqualTo(new Understood("", List.of()));
        assertThat(SqlParser.parse(";;")).isEqualTo(new Understood(";;", List.of()));
    }

    @Test
    void what_is_not_understood_says_why_and_where() {
        var wrong = refused("select '🐎', from from x");
        assertThat(wrong.why()).isEqualTo(Why.SYNTAX);
        assertThat(wrong.reason()).isEqualTo("syntax error at or near \"from\"");
        assertThat(wrong.position()).isEqualTo("select '🐎', from from x".indexOf("from"));
        assertThat(refused("select '" + "x".repeat(SqlParser.MAX_CHARS) + "'").why())
                .isEqualTo(Why.TOO_LARGE);
        var deep = "select " + "f(".repeat(2_000) + "1" + ")".repeat(2_000);
        assertThat(refused(deep).why()).isEqualTo(Why.TOO_COMPLEX);
        var chain = "select " + String.join("||", Collections.nCopies(80_000, "a"));
        assertThat(refused(chain).why()).isEqualTo(Why.TOO_COMPLEX);
        assertThat(one("select 1").kind()).isEqualTo(StatementKind.SELECT);
    }

    @Test
    void any_number_of_threads_may_ask() throws Exception {
        var threads = new ArrayList<Thread>();
        var kinds = Collections.synchronizedList(new ArrayList<String>());
        for (int n = 0; n < 16; n++) {
            int id = n;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            IntStream.range(0, 20)
                                                    .mapToObj(i -> "select " + id + " from t" + i)
                                                    .forEach(
                                                            s ->
                                                                    kinds.add(
                                                                            one(s).relations()
                                                                                    .getFirst()
                                                                                    .name()))));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(kinds).hasSize(320).contains("t0", "t19");
    }

    @Test
    void an_interrupted_caller_gets_its_answer_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThat(one("select 'interrupted'").kind()).isEqualTo(StatementKind.SELECT);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void every_kind_of_statement_has_a_name() throws Exception {
        for (var sql : SqlCorpus.byHand()) {
            if (SqlParser.parse(sql) instanceof Understood u) {
                for (var statement : u.statements()) {
                    assertThat(statement.kind()).as(sql).isNotEqualTo(StatementKind.OTHER);
                    assertThat(statement.command()).as(sql).matches("[A-Z ]+");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
drop index concurrently i | DROP INDEX
alter table t add c int | ALTER TABLE
alter index i attach partition j | ALTER INDEX
alter table t rename a to b | ALTER TABLE
alter view v owner to r | ALTER VIEW
create materialized view m as select 1 | CREATE MATERIALIZED VIEW
create aggregate a (int) (sfunc = f, stype = int) | CREATE AGGREGATE
create procedure p() language sql as '' | CREATE PROCEDURE
analyze t | ANALYZE
vacuum t | VACUUM
revoke a from b | REVOKE
grant select on t to b | GRANT
start transaction | START
rollback to savepoint x | ROLLBACK TO
reindex table t | REINDEX
""")
    void commands_are_called_as_in_the_manual(String sql, String command) {
        assertThat(one(sql).command()).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
select * from a join s.b using (x), lateral (select * from "C") y | READ .a, READ s.b, READ .C
with x as (select * from t) select * from x, s.x | READ s.x, READ .t
with d as (delete from t returning *) insert into u select * from d | WRITTEN .u, WRITTEN .t
update t set a = 1 from u where exists (select from v) | WRITTEN .t, READ .u, READ .v
delete from t using u | WRITTEN .t, READ .u
merge into t using s on true when matched then delete | WRITTEN .t, READ .s
select * from t, u for update of t | LOCKED .t, READ .t, READ .u
lock table t, s.u | LOCKED .t, LOCKED s.u
truncate t, s.u | WRITTEN .t, WRITTEN s.u
copy t from stdin | WRITTEN .t
copy t to stdout | READ .t
copy (select * from t) to stdout | READ .t
create table t (a int references s.o, like u) inherits (p) | CREATED .t, REFERENCED .p, REFERENCED s.o, READ .u
create table p partition of s.t default | CREATED .p, REFERENCED s.t
create table t as select * from u | CREATED .t, READ .u
select a into t from u | CREATED .t, READ .u
alter table t attach partition p default | ALTERED .t, ALTERED .p
alter table t add foreign key (a) references o | ALTERED .t, REFERENCED .o
alter table t rename to u | ALTERED .t
create index on t (a) | ALTERED .t
drop table a, s.b | DROPPED .a, DROPPED s.b
drop view v | DROPPED .v
drop function f |
comment on column s.t.c is 'x' | ALTERED s.t
vacuum t, s.u | MAINTAINED .t, MAINTAINED s.u
refresh materialized view m | MAINTAINED .m
create view v as select * from t | CREATED .v, READ .t
create policy p on t using (exists (select from u)) | ALTERED .t, READ .u
explain update t set a = 1 | WRITTEN .t
grant select on t to r | ALTERED .t
create trigger g after insert on t for each row execute function f() | ALTERED .t
""")
    void relations_are_named_with_what_is_done_to_them(String sql, String expected) {
        var found =
                one(sql).relations().stream()
                        .map(r -> r.how() + " " + r.schema() + "." + r.name())
                        .toList();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        expected == null ? List.of() : List.of(expected.split(", ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
select _f() | FUNCTION ._f
select "F"(), s.g(1) | FUNCTION .F, FUNCTION s.g
select * from f() | FUNCTION .f
select U&"\\0066"() | FUNCTION .f
select a + b | OPERATOR .+
select a operator(s.+) b | OPERATOR s.+
select a in (select 1), b > all (select 2) | OPERATOR .>
select a::d, s.e 'x' | TYPE .d, TYPE s.e
select coalesce(a, b), current_user | KEYWORD .coalesceexpr, KEYWORD .sqlvaluefunction
select coaleſce(a) | FUNCTION .coaleſce
select extract(epoch from a) | FUNCTION pg_catalog.extract
call p(1) | FUNCTION .p
select * from t tablesample s.m(1) | SAMPLING s.m
create index on t using gist (lower(a) s.ops) | FUNCTION .lower, OPERATOR_CLASS s.ops, ACCESS_METHOD .gist
create table t (a d default f()) | TYPE .d, FUNCTION .f
select 1 order by a using operator(s.<) | OPERATOR s.<
create table t (exclude using gist (a with s.&&)) | OPERATOR s.&&
""")
    void what_runs_code_is_found_in_any_place(String sql, String expected) {
        var found =
                one(sql.replace("\\\\", "\\")).code().stream()
                        .map(c -> c.what() + " " + c.schema() + "." + c.name())
                        .toList();
        assertThat(found).containsAll(List.of(expected.split(", ")));
        assertThat(one("select 1, a from t").code()).isEmpty();
        assertThat(one("select int '1'").code())
                .containsExactly(new CodeUse(What.TYPE, "pg_catalog", "int4"));
    }

    @Test
    void two_spellings_of_a_statement_have_one_normal_form() {
        var form = one("select A, b::int from T where x <> 'secret' -- c").normalForm();
        assertThat(form)
                .isEqualTo(
                        one("SELECT a,\n cast(b as integer) FROM \"t\" /**/ WHERE x!='y'")
                                .normalForm())
                .doesNotContain("secret");
        assertThat(form).isNotEqualTo(one("select a, b::int from t2 where x <> 'y'").normalForm());
    }

    @Test
    void literals_are_found_wherever_they_stand() {
        assertThat(one("select 'a', E'b\\n' where x in ('c', $$d$$)").strings())
                .containsExactlyInAnyOrder("a", "b\n", "c", "d");
    }

    @Test
    void a_relation_only_named_in_a_query_of_its_own_is_none() {
        assertThat(one("with t as (select 1) delete from t using t x").relations())
                .containsExactly(new RelationUse("", "t", How.WRITTEN));
    }
}
