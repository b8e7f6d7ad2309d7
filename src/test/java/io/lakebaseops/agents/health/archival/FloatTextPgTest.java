package io.lakebaseops.agents.health.archival;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.util.ArrayList;

/// Our text of a number against the server's.
class FloatTextPgTest {
    private static final int EACH = 20_000;

    @ParameterizedTest
    @CsvSource({
        "float8, random() * 10.0 ^ (g % 600 - 300)",
        "float8, (random() * 9007199254740992)::int8 * 2.0 ^ (g % 100 - 40)",
        "float8, (random() * 100)::int8 * 10.0 ^ (g % 600 - 300)",
        "float8, 2.0 ^ (g % 2000 - 1000)",
        "float4, random() * 10.0 ^ (g % 74 - 37)",
        "float4, (random() * 16777216)::int8 * 2.0 ^ (g % 60 - 30)",
        "float4, (random() * 100)::int8 * 10.0 ^ (g % 70 - 36)",
        "float4, 2.0 ^ (g % 250 - 125)"
    })
    void isTheServersText(String type, String value) throws SQLException {
        var wrong = new ArrayList<String>();
        var sql =
                "select setseed(0.42); select v, v::text from (select ((%s) * (1 - 2 * (g %% 2)))::%s as v"
                                .formatted(value, type)
                        + " from generate_series(1, %d) g) x".formatted(EACH);
        int rows = 0;
        try (var connection = Pg17.shared().admin("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
            statement.getMoreResults();
            try (var found = statement.getResultSet()) {
                while (found.next()) {
                    rows++;
                    var ours =
                            type.equals("float4")
                                    ? FloatText.of(found.getFloat(1))
                                    : FloatText.of(found.getDouble(1));
                    if (!ours.equals(found.getString(2))) {
                        wrong.add(ours + " for " + found.getString(2));
                    }
                }
            }
        }
        assertThat(rows).isEqualTo(EACH);
        assertThat(wrong).isEmpty();
    }

    @Test
    void theEndsOfTheRange() throws SQLException {
        for (double d :
                new double[] {
                    Double.MAX_VALUE,
                    Double.MIN_VALUE,
                    Double.MIN_NORMAL,
                    -0.0,
                    0,
                    1e15,
                    1e14,
                    1e-4,
                    9.5e-5,
                    9007199254740993.0,
                    2e23,
                    8.41e21,
                    9.5367431640625e-7
                }) {
            assertThat(FloatText.of(d)).isEqualTo(server(Double.toString(d), "float8"));
        }
        for (float f :
                new float[] {
                    Float.MAX_VALUE, Float.MIN_VALUE, Float.MIN_NORMAL, 1e6f, 8388608.5f
                }) {
            assertThat(FloatText.of(f)).isEqualTo(server(Float.toString(f), "float4"));
        }
        assertThat(FloatText.of(Double.NaN)).isEqualTo(server("NaN", "float8"));
        assertThat(FloatText.of(Float.NEGATIVE_INFINITY)).isEqualTo(server("-Infinity", "float4"));
    }

    private static String server(String text, String type) throws SQLException {
        try (var connection = Pg17.shared().admin("postgres");
                var statement = connection.prepareStatement("select (?::" + type + ")::text")) {
            statement.setString(1, text);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }
}
