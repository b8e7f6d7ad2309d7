package io.lakebaseops.sqltext.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

final class GrammarTest {
    private static final long MANY = Long.MAX_VALUE;

    private static <T> T with(Function<Grammar, T> work) {
        var task = new FutureTask<>(() -> work.apply(new Grammar()));
        var thread = new Thread(null, task, "grammar-test", 64L << 20);
        thread.start();
        try {
            return task.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 FROM WHERE|syntax error at or near \"WHERE\"|15",
                "SELECT 'abc|unterminated quoted string at or near \"'abc\"|8",
                "SELEC 1|syntax error at or near \"SELEC\"|1",
                "SELECT /* x|unterminated /* comment at or near \"/* x\"|8",
                "SELECT (1|syntax error at end of input|10",
                "SELECT 'é', FROM FROM x|syntax error at or near \"FROM\"|13",
                "SELECT 1; SELEC 2; SELECT 3|syntax error at or near \"SELEC\"|11"
            })
    void an_error_has_the_servers_words_and_the_parser_lives_on(
            String sql, String message, int position) {
        with(
                grammar -> {
                    assertThat(grammar.parse(sql, MANY))
                            .isEqualTo(new RawParse.Refused(message, position));
                    assertThat(grammar.usable()).isTrue();
                    assertThat(grammar.parse("SELECT 42", MANY))
                            .isInstanceOfSatisfying(
                                    RawParse.Tree.class, t -> assertThat(t.json()).contains("42"));
                    return true;
                });
    }

    @Test
    void what_is_no_text_is_refused() {
        with(
                grammar -> {
                    assertThat(grammar.parse("é\0", MANY))
                            .isEqualTo(new RawParse.Refused("a statement holds no NUL", 2));
                    assertThat(grammar.parse("select '\ud800'", MANY))
                            .isInstanceOf(RawParse.Refused.class);
                    assertThat(grammar.parse("", MANY)).isEqualTo(new RawParse.Tree(""));
                    return true;
                });
    }

    @Test
    void too_many_steps_end_the_parse_and_the_instance() {
        with(
                grammar -> {
                    assertThat(grammar.parse("SELECT 1", 50)).isInstanceOf(RawParse.Beyond.class);
                    assertThat(grammar.usable()).isFalse();
                    return true;
                });
    }

    @Test
    void endless_nesting_ends_without_an_answer_but_ends() {
        with(
                grammar -> {
                    var deep = "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000);
                    assertThat(grammar.parse(deep, MANY))
                            .isInstanceOfSatisfying(
                                    RawParse.Refused.class,
                                    r -> assertThat(r.message()).contains("memory exhausted"));
                    return true;
                });
        with(
                grammar -> {
                    var chain = "SELECT " + String.join("+", Collections.nCopies(400_000, "1"));
                    assertThat(grammar.parse(chain, MANY)).isInstanceOf(RawParse.Beyond.class);
                    assertThat(grammar.usable()).isFalse();
                    return true;
                });
    }

    @Test
    void memory_stays_flat_over_many_statements_and_errors() {
        with(
                grammar -> {
                    int before = grammar.pages();
                    for (int i = 0; i < 500; i++) {
                        grammar.parse("SELECT a FROM t WHERE b = 'x" + i + "'", MANY);
                        grammar.parse("SELECT FROM WHERE " + i, MANY);
                    }
                    assertThat(grammar.pages()).isEqualTo(before);
                    assertThat(grammar.usable()).isTrue();
                    return true;
                });
    }

    @Test
    void an_instance_that_grew_is_not_kept() {
        with(
                grammar -> {
                    var rows = String.join(",", Collections.nCopies(60_000, "(1,'abc',1.5)"));
                    grammar.parse("INSERT INTO t VALUES " + rows, MANY);
                    assertThat(grammar.usable()).isFalse();
                    return true;
                });
    }
}
