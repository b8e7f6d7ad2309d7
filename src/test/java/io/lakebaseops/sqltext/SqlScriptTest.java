package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.sqltext.SqlScript.Part;
import io.lakebaseops.sqltext.SqlScript.PartKind;

import org.junit.jupiter.api.Test;

import java.util.List;

final class SqlScriptTest {
    private static List<String> texts(String script) {
        var read = SqlScript.of(script);
        assertThat(read.joined()).isEqualTo(script);
        return read.parts().stream().map(Part::text).toList();
    }

    @Test
    void cuts_at_semicolons_outside_quotes_comments_and_brackets() {
        assertThat(
                        texts(
                                "-- a;\nselect ';' /* ; */, $$;$$, \";\" ;; select 2;\n"
                                        + "create rule r as on insert to t do (select 1; select 2);"
                                        + "select E'\\';'"))
                .containsExactly(
                        "select ';' /* ; */, $$;$$, \";\"",
                        "select 2",
                        "create rule r as on insert to t do (select 1; select 2)",
                        "select E'\\';'");
    }

    @Test
    void the_body_of_a_function_is_one_statement() {
        var body =
                "create or replace function f() returns int language sql begin atomic select case"
                        + " when a then 1 end; select 2; end";
        assertThat(texts(body + "; select 3")).containsExactly(body, "select 3");
        assertThat(texts("begin; select 1; end")).containsExactly("begin", "select 1", "end");
    }

    @Test
    void data_and_backslash_lines_of_dumps_are_no_statements() {
        var dump =
                """
                \\connect shop
                SET x = 1;
                COPY public.t (a, "from") FROM stdin WITH (FORMAT text);
                1\tit's; drop table t;
                \\N\t$$
                \\.

                \\restrict abc'
                SELECT 1;
                """;
        var read = SqlScript.of(dump);
        assertThat(read.joined()).isEqualTo(dump);
        assertThat(read.parts())
                .extracting(Part::kind)
                .containsExactly(
                        PartKind.BACKSLASH_COMMAND,
                        PartKind.STATEMENT,
                        PartKind.STATEMENT,
                        PartKind.COPY_DATA,
                        PartKind.BACKSLASH_COMMAND,
                        PartKind.STATEMENT);
        assertThat(read.parts()).extracting(Part::line).containsExactly(1, 2, 3, 4, 8, 9);
        assertThat(read.statements().getLast().text()).isEqualTo("SELECT 1");
        assertThat(read.parts().get(3).text()).endsWith("\\.").contains("drop table t");
        for (var part : read.parts()) {
            assertThat(dump.substring(part.start())).startsWith(part.text());
        }
    }

    @Test
    void copy_from_a_file_has_no_data() {
        assertThat(texts("copy t from '/x';\nselect 1;")).hasSize(2);
        assertThat(texts("copy (select 1 from stdin) to '/x';\nselect 1;")).hasSize(2);
    }

    @Test
    void what_never_ends_is_the_last_part_and_says_so() {
        var read = SqlScript.of("select 1; select 'open; drop table t;");
        assertThat(read.parts()).extracting(Part::closed).containsExactly(true, false);
        assertThat(SqlScript.of("select 1; /* open").parts().getLast().closed()).isFalse();
    }

    @Test
    void every_file_of_ours_is_understood_statement_by_statement() throws Exception {
        for (var file : SqlCorpus.ownFiles().entrySet()) {
            var text = SqlCorpus.filled(file.getKey(), file.getValue());
            var script = SqlScript.of(text);
            assertThat(script.joined()).isEqualTo(text);
            for (var part : script.statements()) {
                assertThat(part.parsed())
                        .as("%s: %s", file.getKey(), part.text())
                        .isInstanceOf(Parsed.Understood.class);
                assertThat(part.parsed().single())
                        .as("%s: %s", file.getKey(), part.text())
                        .isNotNull();
            }
        }
    }
}
