package io.lakebaseops.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementMaskTest {
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
                "set x = 'a''b'|set x = ?",
                "select 1.5e10 + x2|select ? + x2"
            })
    void keepsTheShapeAndLosesTheLiterals(String query, String masked) {
        assertThat(SqlMask.mask(query)).isEqualTo(masked);
    }
}
