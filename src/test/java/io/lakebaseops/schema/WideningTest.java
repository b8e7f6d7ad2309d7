package io.lakebaseops.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is called lossy may lose something, and what is called a rewrite writes the table anew.
final class WideningTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cidr                             | inet                             | FREE
                    character varying(5)[]           | text[]                           | FREE
                    character varying(5)             | character varying(9)             | FREE
                    timestamp(0) without time zone   | timestamp without time zone      | FREE
                    numeric(8,2)                     | numeric(10,2)                    | FREE
                    date                             | timestamp without time zone      | REWRITE
                    integer                          | double precision                 | REWRITE
                    smallint                         | real                             | REWRITE
                    integer                          | bigint                           | REWRITE
                    integer[]                        | bigint[]                         | REWRITE
                    inet                             | cidr                             | LOSSY
                    character varying(9)             | character varying(5)             | LOSSY
                    timestamp without time zone      | timestamp(0) without time zone   | LOSSY
                    timestamp without time zone      | timestamp with time zone         | LOSSY
                    timestamp without time zone      | date                             | LOSSY
                    numeric(8,2)                     | numeric(8,3)                     | LOSSY
                    bigint                           | double precision                 | LOSSY
                    integer                          | real                             | LOSSY
                    bigint                           | integer                          | LOSSY
                    """)
    void onlyWhatMayLoseAValueIsLossy(String from, String to, Widening expected) {
        assertThat(Widening.of(from, to)).isEqualTo(expected);
    }
}
