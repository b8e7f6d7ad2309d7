package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Token.Kind;
import io.lakebaseops.sqltext.Tokens;
import io.lakebaseops.sqltext.Tokens.Dialect;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SqlLibraryTest {
    private static final SqlName DROP = new SqlName("ddl", "drop_index");
    private static final String HEADER =
            "-- Does it work?\n-- since: 17\n-- timeout: 5s\n-- params: %s\n-- units: none\n";

    private static SqlFile file(String params, String body) {
        return SqlHeader.read(new SqlName("m", "n"), HEADER.formatted(params) + body);
    }

    private static SqlLibrary library(Path dir) throws Exception {
        var ddl = Files.createDirectories(dir.resolve("ddl"));
        Files.writeString(
                ddl.resolve("drop_index.sql"),
                HEADER.formatted("none")
                        + "-- idents: index, columns\n"
                        + "/* gone */ drop index concurrently {index} -- {columns}\n"
                        + " ({columns});\n");
        Files.writeString(ddl.resolve("q.sql"), HEADER.formatted("none") + "select 1");
        Files.writeString(ddl.resolve("q.v18.sql"), HEADER.formatted("none") + "select 18");
        return SqlLibrary.in(dir);
    }

    @Test
    void everyFileOfTheProductIsRead() {
        var all = SqlLibrary.fromClassPath().all();
        assertThat(all).hasSizeGreaterThan(21);
        assertThat(all).allMatch(f -> f.since() >= 13 && !f.timeout().isZero());
        assertThat(all).extracting(f -> f.name().path()).contains("indexes/duplicate_indexes");
    }

    @Test
    void aHeaderMustSayWhatTheTextUses() {
        assertThat(file("a int8", "select :a").params())
                .containsExactly(new SqlFile.Param("a", "int8"));
        assertThatThrownBy(() -> file("none", "select :a"))
                .hasMessageContaining("the text uses [a]");
        assertThatThrownBy(() -> file("a int8", "select 1")).hasMessageContaining("[a]");
        assertThatThrownBy(() -> file("none", "select {a}")).hasMessageContaining("neither");
        assertThatThrownBy(
                        () ->
                                SqlHeader.read(
                                        new SqlName("m", "n"), "-- Why?\n-- since: 17\nselect 1"))
                .hasMessageContaining("timeout");
    }

    @Test
    void theVariantForTheServersVersionIsTaken(@TempDir Path dir) throws Exception {
        var library = library(dir);
        var q = new SqlName("ddl", "q");
        assertThat(library.file(q, 17).body()).isEqualTo("select 1");
        assertThat(library.file(q, 18).body()).isEqualTo("select 18");
        assertThat(library.file(q, 19).body()).isEqualTo("select 18");
    }

    @Test
    void aTemplateIsRenderedWithoutCommentsAndOnlyWithWhatItWants(@TempDir Path dir)
            throws Exception {
        var library = library(dir);
        var text =
                library.renderLists(
                        DROP,
                        Map.of(
                                "index", List.of(Ident.of("S", "a\"b")),
                                "columns", List.of(Ident.of("x"), Ident.of("Y"))));
        assertThat(text.text().replaceAll("\\s+", " "))
                .isEqualTo("drop index concurrently \"S\".\"a\"\"b\" (\"x\", \"Y\")");
        assertThatThrownBy(() -> library.render(DROP, Map.of("index", Ident.of("x"))))
                .hasMessageContaining("wants [index, columns]");
    }

    @Property(tries = 300)
    void anyNameStaysOneIdentifier(@ForAll @StringLength(min = 1, max = 40) String name) {
        if (name.indexOf('\0') >= 0) {
            return;
        }
        var sql = "drop index " + Ident.of("s", name).sql() + " -- end";
        var tokens = Tokens.of(sql, Dialect.TEMPLATE);
        assertThat(String.join("", tokens.stream().map(Token::text).toList())).isEqualTo(sql);
        assertThat(tokens.stream().filter(t -> t.kind() == Kind.QUOTED_IDENT)).hasSize(2);
        assertThat(ParameterizedSql.of(sql).markers()).isEmpty();
        var definition =
                "CREATE INDEX "
                        + Ident.of(name).sql()
                        + " ON "
                        + Ident.of(name, name).sql()
                        + " USING btree ("
                        + Ident.of(name).sql()
                        + ")";
        assertThat(IndexDefinition.concurrently(definition))
                .isEqualTo(
                        "CREATE INDEX CONCURRENTLY"
                                + definition.substring("CREATE INDEX".length()));
    }

    @Property(tries = 300)
    void splittingAndJoiningLosesNothing(@ForAll @StringLength(max = 60) String text) {
        assertThat(
                        String.join(
                                "",
                                Tokens.of(text, Dialect.TEMPLATE).stream()
                                        .map(Token::text)
                                        .toList()))
                .isEqualTo(text);
    }

    @Test
    void concurrentlyIsPutInByWordsNotByText() {
        assertThat(
                        IndexDefinition.concurrently(
                                "CREATE UNIQUE INDEX \"CREATE INDEX x ON ONLY y\" ON s.t USING"
                                        + " btree (a)"))
                .isEqualTo(
                        "CREATE UNIQUE INDEX CONCURRENTLY \"CREATE INDEX x ON ONLY y\" ON s.t USING"
                                + " btree (a)");
        assertThatThrownBy(
                        () ->
                                IndexDefinition.concurrently(
                                        "CREATE INDEX i ON ONLY p USING btree (a)"))
                .hasMessageContaining("partitioned");
        assertThatThrownBy(() -> IndexDefinition.concurrently("DROP INDEX i"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lookalikesAreNotMarkers() {
        var sql =
                ParameterizedSql.of(
                        "select :a::text, 'x:b', E'\\':c', \":d\", $t$:e$t$, u&':f', x[1 : 2], a ?|"
                                + " b /* :g /* :h */ */ -- :i\n"
                                + ", :a");
        assertThat(sql.markers()).containsExactly("a", "a");
        assertThat(sql.jdbc()).contains("?::text").contains("a ??| b");
        assertThatThrownBy(() -> ParameterizedSql.of("select 1; select 2"))
                .hasMessageContaining("one statement");
        assertThat(ParameterizedSql.of("select 1; -- done\n").jdbc()).startsWith("select 1");
    }
}
