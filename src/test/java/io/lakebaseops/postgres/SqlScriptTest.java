package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.util.List;

class SqlScriptTest {
    /// Statements no semicolon inside may end.
    private static final List<String> WHOLE =
            List.of(
                    "select ';'",
                    "select 'it''s; fine' /* ; */",
                    "select E'a\\';b'",
                    "select E'a'\n  'b\\';c'",
                    "select 'a\\'",
                    "select \"odd;name\"\"x\" from t",
                    "select $$a;b$$",
                    "select $tag$ $$ ; $other$ $tag$",
                    "select 1 -- ; not the end\n + 2",
                    "select /* a /* nested; */ ; */ 1",
                    "select a[1:2] from t where b ? 'k' and c::text = '{x}'",
                    "select U&'d\\0061t;' , U&\"d;\"",
                    "select $1",
                    "select a$b$c from t",
                    "create function f() returns int language sql begin atomic select 1; select"
                            + " case when true then 2 end; end",
                    "create or replace procedure p() language sql begin atomic; end",
                    "create rule r as on insert to t do also (select 1; select 2)",
                    "create function g() returns void language plpgsql as $f$ begin perform 1; end"
                            + " $f$");

    @Property(tries = 500)
    void splittingThenJoiningLosesNothingWhateverTheText(@ForAll("scripts") String script) {
        try {
            assertThat(SqlScript.of(script).joined()).isEqualTo(script);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("never closed");
        }
    }

    @Provide
    Arbitrary<String> scripts() {
        var pieces =
                Arbitraries.of(
                        ";",
                        "'",
                        "\"",
                        "$$",
                        "$a$",
                        "--",
                        "/*",
                        "*/",
                        "\n",
                        "\r\n",
                        "\r",
                        " ",
                        "E'",
                        "\\",
                        "begin atomic",
                        "end",
                        "case",
                        "create function f()",
                        "(",
                        ")",
                        "select 1",
                        "\u00a0",
                        "é",
                        "U&'",
                        "?",
                        ":x",
                        "{y}",
                        "1e5",
                        "\uFEFF");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(25).map(l -> String.join("", l)),
                Arbitraries.strings().ofMaxLength(40));
    }

    @Property(tries = 300)
    void wholeStatementsStayWhole(@ForAll("several") List<String> statements) {
        var script = SqlScript.of(String.join(" ;\r\n", statements) + ";\n-- end");
        assertThat(script.statements())
                .extracting(SqlScript.Statement::text)
                .containsExactlyElementsOf(statements.stream().map(SqlScriptTest::bare).toList());
    }

    @Provide
    Arbitrary<List<String>> several() {
        return Arbitraries.of(WHOLE).list().ofMinSize(1).ofMaxSize(6);
    }

    /// A comment behind the last word belongs to the gap.
    private static String bare(String statement) {
        return statement.endsWith("/* ; */")
                ? statement.substring(0, statement.indexOf("/*")).stripTrailing()
                : statement;
    }

    @Test
    void severalOnALineAndEmptyOnesAreTold() {
        var script = SqlScript.of("a;;b ; /* c */ ;d");
        assertThat(script.statements())
                .extracting(SqlScript.Statement::text)
                .containsExactly("a", "b", "d");
        assertThat(script.joined()).isEqualTo("a;;b ; /* c */ ;d");
    }

    @Test
    void linesAreCountedFromTheFirstWord() {
        var script = SqlScript.of("-- one\n\nselect\n 1;\r\nselect 2");
        assertThat(script.statements()).extracting(SqlScript.Statement::line).containsExactly(3, 5);
    }

    @Test
    void whatIsNeverClosedIsRefused() {
        for (var open : List.of("select 'a", "select $x$ a", "/* a /* b */", "select \"a")) {
            assertThatThrownBy(() -> SqlScript.of(open)).hasMessageContaining("never closed");
        }
    }
}
