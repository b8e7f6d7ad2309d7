package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alter role x password 'hunter2'|alter role x password ?",
                "select E'it\\'s secret', 1|select ?, ?",
                "select $1, $2::int from t1 where \"Col 5\" = 7|select $1, $2::int from t1 where"
                        + " \"Col 5\" = ?",
                "do $body$ select 'x' $body$|do ?",
                "do $$ secret $$|do ?",
                "select 'open secret|select ?",
                "/* token=abc */ select a -- s3cret|select a",
                "/* a /* b */ s3cret */ select a|select a",
                "/* /* */ ' */ select 's3cretX'|select ?",
                "set x = 'a''b'|set x = ?",
                "select 1.5e10 + x2, 0x1F, 1_000, .5|select ? + x2, ?, ?, ?",
                "select U&'d\\0061' uescape '!', b'01', x'1F', n'n'|select ? uescape ?, ?, ?, ?",
                "select \"s3|select \"s3",
                "select a[1:2]|select a[?:?]"
            })
    void keeps_the_shape_and_loses_the_literals(String query, String masked) {
        assertThat(SqlMask.mask(query)).isEqualTo(masked);
    }

    /// `standard_conforming_strings` may be off in the session that sent it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'ab\\'s3cret', 'x'",
                "select 'ab\\', 's3cret'",
                "select 'a\\' || '/* s3cret */' , 'b'",
                "select N'ab\\'s3cret'",
                "select 'a\\' -- s3cret'"
            })
    void an_ambiguous_backslash_hides_both_readings(String query) {
        assertThat(SqlMask.mask(query)).doesNotContain("s3cret").startsWith("select");
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, 5_000_000})
    void a_literal_of_any_length_is_masked(int length) {
        var secret = "x".repeat(length);
        assertThat(SqlMask.mask("comment on table t is '" + secret + "'"))
                .isEqualTo("comment on table t is ?");
        assertThat(SqlMask.mask("comment on table t is E'" + "\\n".repeat(length / 2) + "'"))
                .isEqualTo("comment on table t is ?");
        assertThat(SqlMask.mask("select 1 as \"" + secret + "\"")).hasSize(length + 14);
        assertThat(SqlMask.mask("do $a$" + secret + "$a$")).isEqualTo("do ?");
        assertThat(SqlMask.mask("select '" + "''".repeat(length / 2))).isEqualTo("select ?");
        assertThat(SqlMask.mask("select 'a\\' " + "/*".repeat(length / 2))).isEqualTo("select ?");
    }

    @Test
    void many_unfinished_dollar_quotes_take_no_longer_than_one() {
        var text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append("$a").append(i).append("$ ");
        }
        assertThat(SqlMask.mask(text.toString())).isEqualTo("?");
    }
}
