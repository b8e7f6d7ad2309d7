package io.lakebaseops.change.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.SqlStatement;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Objects;

final class OwnStatementFactsTest {
    private static final StatementFacts FACTS =
            new StatementFacts(
                    StatementClass.ATTACH_INDEX, null, LockLevel.SHARE, null, List.of("kept"));

    private static final String ATTACH = "alter index %s attach partition %s";

    private final OwnStatementFacts cache = new OwnStatementFacts();

    private static SqlAllowList.Own own(String sql) {
        return SqlAllowList.find(Tokens.of(sql, Dialect.TEMPLATE)).orElseThrow();
    }

    private static SqlStatement statement(String sql) {
        return Objects.requireNonNull(SqlParser.parse(sql).single());
    }

    private void keep(String sql) {
        cache.keep(own(sql), statement(sql), FACTS);
    }

    @Test
    void whatDiffersInNamesAloneHasTheSameFacts() {
        keep(ATTACH.formatted("\"s\".\"a\"", "\"s\".\"b\""));
        assertThat(cache.find(own(ATTACH.formatted("\"x\".\"y\"", "\"x\".\"z\"")))).isSameAs(FACTS);
    }

    @Test
    void nothingIsKnownBeforeTheFirst() {
        assertThat(cache.find(own(ATTACH.formatted("\"a\"", "\"b\"")))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Other statements, other numbers of parts, and names that are equal elsewhere.
                "drop index \"s\".\"a\"",
                "alter index \"a\" attach partition \"s\".\"b\"",
                "alter index \"s\".\"a\" attach partition \"b\"",
                "alter index \"s\".\"a\" attach partition \"s\".\"a\"",
                "alter index \"s\".\"a\" attach partition \"t\".\"b\"",
                "alter index \"s\".\"s\" attach partition \"s\".\"b\""
            })
    void anotherShapeIsReadAnew(String sql) {
        keep(ATTACH.formatted("\"s\".\"a\"", "\"s\".\"b\""));
        assertThat(cache.find(own(sql))).isNull();
    }

    /// The server cuts names behind 63 bytes, and two of them may be one.
    @Test
    void namesThatTheServerCutsAreReadAnew() {
        keep(ATTACH.formatted("\"a\"", "\"b\""));
        var fits = "\"" + "n".repeat(63) + "\"";
        var wide = "\"" + "ü".repeat(32) + "\"";
        assertThat(cache.find(own(ATTACH.formatted(fits, "\"b\"")))).isSameAs(FACTS);
        assertThat(cache.find(own(ATTACH.formatted(wide, "\"b\"")))).isNull();
        cache.keep(own("drop index " + wide), statement("drop index " + wide), FACTS);
        assertThat(cache.find(own("drop index \"a\""))).isNull();
    }

    /// A name in a hole that runs code decides about the facts.
    @Test
    void namesThatRunCodeAreReadAnew() {
        var called = "select \"f\"() from \"t\"";
        cache.keep(own("drop index \"f\""), statement(called), FACTS);
        cache.keep(own("drop index \"n\""), statement("select \"n\".f()"), FACTS);
        assertThat(cache.find(own("drop index \"x\""))).isNull();
        cache.keep(own("drop index \"t\""), statement(called), FACTS);
        assertThat(cache.find(own("drop index \"x\""))).isSameAs(FACTS);
    }

    @Test
    void theFactsOfThousandsOfPlansAreThoseOfOne() {
        var first = StatementFacts.of("vacuum (analyze) \"s\".\"first of many\"");
        assertThat(StatementFacts.of("VACUUM (ANALYZE) /* x */ \"s 2\".\"an\\other\""))
                .isSameAs(first);
        assertThat(StatementFacts.of("vacuum (analyze) s.t")).isNotSameAs(first);
        var role = StatementFacts.of("create role \"a\" nologin");
        assertThat(StatementFacts.of("create role \"b\" nologin")).isNotSameAs(role);
        assertThat(role.reads()).as("who it is decides").isNotNull();
    }
}
