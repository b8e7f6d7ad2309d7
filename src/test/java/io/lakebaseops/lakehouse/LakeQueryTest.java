package io.lakebaseops.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What is filled into a query is never itself filled in, and nothing is filled into literals.
final class LakeQueryTest {
    private static LakeQuery query(String sql) {
        return new LakeQuery("test", sql);
    }

    @Test
    void bracesInNamesAndLiteralsMeanNothing() {
        var filled =
                query("select {columns}, '{files} :day' from read_parquet([{files}])")
                        .with(
                                Map.of(
                                        "columns",
                                        "\"{files}\", \":day\"",
                                        "files",
                                        "'/a/{columns}'"));
        assertThat(filled.sql())
                .isEqualTo(
                        "select \"{files}\", \":day\", '{files} :day' from read_parquet(['/a/{columns}'])");
        assertThat(filled.tables()).isEmpty();
        assertThat(filled.bind(Map.of(), TableName::table).values()).isEmpty();
    }

    @Test
    void tablesAndValuesAreBoundInOrder() {
        var bound =
                query("select :day, * from {shown} t join {plan_history} p on :day = :hour")
                        .at("shown", new TableName("a", "{odd} :day"))
                        .bind(Map.of("day", 1, "hour", 2), t -> "\"" + t.table() + "\"");
        assertThat(bound.sql())
                .isEqualTo("select ?, * from \"{odd} :day\" t join \"plan_history\" p on ? = ?");
        assertThat(bound.values()).isEqualTo(List.of(1, 1, 2));
    }

    @Test
    void whatHasNoPlaceIsRefused() {
        assertThatThrownBy(() -> query("select '{a}'").with(Map.of("a", "1")))
                .hasMessage("test has no {a}");
        assertThatThrownBy(() -> query("select :a").bind(Map.of(), TableName::table))
                .hasMessageContaining("needs a value for :a");
    }
}
