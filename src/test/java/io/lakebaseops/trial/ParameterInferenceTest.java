package io.lakebaseops.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ParameterInferenceTest {
    private static final ColumnSamples SAMPLES =
            ColumnSamples.of(
                    List.of(
                            column("orders", "customer", "7"),
                            column("orders", "Odd Name", "it's"),
                            column("users", "id", "42"),
                            column("users", "age", "30")));

    private static ColumnSamples.Column column(String table, String name, String value) {
        return new ColumnSamples.Column("public", table, name, List.of(value), List.of());
    }

    private static List<String> values(String query) {
        var why = new ArrayList<String>();
        return ParameterInference.values(new ParameterInference(query).slots(), SAMPLES, 0, why)
                .orElse(why);
    }

    @Test
    void markersGetTheValuesOfTheColumnTheyAreComparedWith() {
        assertThat(values("select 1 from orders where customer = $1")).containsExactly("7");
        assertThat(values("select 1 from users u, orders o where o.customer=$1 and u.id >= $2"))
                .containsExactly("7", "42");
        assertThat(values("select 1 from public.orders as o where o.\"Odd Name\" like $1 limit $2"))
                .containsExactly("it's", "20");
        assertThat(values("select 1 from users where age between $1 and $2 and id = $3 offset $4"))
                .containsExactly("30", "30", "42", "0");
        assertThat(values("select 1 from users where id in ($1, $2) and $3 < age"))
                .containsExactly("42", "42", "30");
        assertThat(values("select 1 from users where id = any ($1)")).containsExactly("42");
        assertThat(values("select 1 from users")).isEmpty();
    }

    @Test
    void whatCannotBeTracedIsSaid() {
        assertThat(values("select 1 from orders where length(note) = $1").getFirst())
                .startsWith("no value for $1");
        assertThat(values("select $1 from orders").getFirst()).startsWith("no value for $1");
        assertThat(values("select 1 from orders where unknown = $1"))
                .containsExactly("no value for $1 of unknown");
    }

    @Test
    void aDifferenceIsToldOnlyWhenItIsSure() {
        double[] calm = {10, 11, 10, 12, 10, 11, 10, 11, 10};
        double[] same = {11, 10, 12, 10, 11, 10, 10, 11, 11};
        double[] slow = {30, 31, 29, 33, 30, 31, 32, 30, 31};
        assertThat(Bootstrap.ofPairs(calm, same, 1).low()).isLessThan(1.25);
        var sure = Bootstrap.ofPairs(calm, slow, 1);
        assertThat(sure.low()).isGreaterThan(2);
        assertThat(sure.ratio()).isBetween(sure.low(), sure.high());
        assertThat(Bootstrap.ofPairs(calm, slow, 1)).isEqualTo(sure);
    }
}
