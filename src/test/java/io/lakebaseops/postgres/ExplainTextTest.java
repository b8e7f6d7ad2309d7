package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; drop table t",
                "drop table t",
                "explain analyze select f()",
                "call p()",
                "do $$ begin end $$",
                "vacuum t",
                "(select 1)",
                "copy t to stdout",
                "select '",
                "select /* open",
                "",
                "-- only words",
                "begin; select 1",
                "\"select\" 1"
            })
    void whatIsNotOneStatementOnRowsIsRefused(String text) {
        assertThat(ExplainText.refusal(text)).isNotNull();
        assertThatThrownBy(() -> new ExplainText(text)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';' from t -- ; drop",
                "/* hint */ WITH a AS (select 1) select * from a;",
                "Insert into t values ($$;$$)",
                "update t set a = 1",
                "delete from t where j ? 'k'"
            })
    void oneStatementOnRowsIsTaken(String text) {
        assertThat(ExplainText.refusal(text)).isNull();
    }

    @Test
    void parametersAreSeenOutsideOfTextOnly() {
        assertThat(new ExplainText("select $1::int").parameters()).isTrue();
        assertThat(new ExplainText("select '$1', $$ $2 $$ -- $3").parameters()).isFalse();
    }

    @Test
    void questionMarksReachTheServerAsOperators() {
        assertThat(new ExplainText("select j ? 'a?' from t;").jdbc())
                .isEqualTo("select j ?? 'a?' from t");
    }
}
