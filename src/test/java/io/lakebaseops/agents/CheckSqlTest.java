package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class CheckSqlTest {
    @Test
    void values_are_written_in_as_literals_and_strings_stay() {
        var sql =
                CheckSql.of(
                        SqlLibrary.fromClassPath(),
                        SqlName.of("governance/map_tenant"),
                        Map.of("schema_name", "a'b", "tenant", "$1 \\1"));
        assertThat(sql)
                .contains("values ('a''b', pg_catalog.quote_ident(:role_name)::regrole, '$1 \\1')");
    }
}
