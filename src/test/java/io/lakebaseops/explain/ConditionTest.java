package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.explain.ConditionTerm.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conditions as EXPLAIN prints them, taken apart.
final class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    (id = 5)                                        | id    | EQUAL     |       |      | true
                    (a.id = $1)                                     | id    | EQUAL     |       |      | true
                    (created >= '2026-01-01'::date)                 | created | RANGE   |       |      | true
                    ((name)::text = 'x'::text)                      | name  | EQUAL     |       | text | true
                    (lower(email) = 'x'::text)                      | email | EQUAL     | lower |      | false
                    (COALESCE(n, 0) = 3)                            | n     | EQUAL     | coalesce |   | false
                    (name ~~ '%x'::text)                            | name  | PATTERN   |       |      | false
                    (name ~~ 'x%'::text)                            | name  | PREFIX    |       |      | false
                    (name ~~* 'x%'::text)                           | name  | PATTERN   |       |      | false
                    (name ~ '^abc'::text)                           | name  | PREFIX    |       |      | false
                    (gone IS NULL)                                  | gone  | NULL_TEST |       |      | false
                    (id = ANY ('{1,2}'::integer[]))                 | id    | EQUAL     |       |      | true
                    ((n + 1) > 7)                                   | n     | RANGE     | +     |      | false
                    (id = (InitPlan 1).col1)                        | id    | EQUAL     |       |      | true
                    ("Some Col" <> 'x'::text)                       | Some Col | OTHER  |       |      | false
                    """)
    void comparison(
            String text,
            String column,
            Kind kind,
            String function,
            String cast,
            boolean searchable) {
        var condition = Condition.of(text);
        assertThat(condition.understood()).isTrue();
        assertThat(condition.terms()).hasSize(1);
        var term = condition.terms().getFirst();
        assertThat(term.column()).isEqualTo(column);
        assertThat(term.kind()).isEqualTo(kind);
        assertThat(term.function()).isEqualTo(function);
        assertThat(term.cast()).isEqualTo(cast);
        assertThat(term.searchable()).isEqualTo(searchable);
    }

    @Test
    void alternativesJoinsAndSubplans() {
        assertThat(Condition.of("((a = 1) OR (b = 2))").alternatives()).isTrue();
        assertThat(Condition.of("((a = 1) OR (a = 2))").alternatives()).isFalse();
        var join = Condition.of("(o.id = l.order_id)");
        assertThat(join.terms()).hasSize(2).allMatch(ConditionTerm::join);
        assertThat(Condition.of("((NOT (hashed SubPlan 1)) AND (x = 3))").terms()).hasSize(1);
        assertThat(Condition.of("(a = b = c").understood()).isFalse();
        assertThat(Condition.of(null).terms()).isEmpty();
    }
}
