package io.lakebaseops.change.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.postgres.SqlName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnStatementsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum (analyze) \"s\".\"t\"",
                "VACUUM /* x */ ( Analyze )\n\"t\" -- y",
                "vacuum (analyze) \"a \"\"quoted\"\" name\";"
            })
    void white_space_comments_and_the_case_of_words_do_not_matter(String sql) {
        assertThat(OwnStatements.find(sql)).contains(SqlName.of("maintenance/vacuum_analyze"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum (analyze)",
                "vacuum (analyze) t",
                "vacuum (analyze) \"t\", \"u\"",
                "vacuum (analyze) \"t\" (a)",
                "vacuum (analyze) \"t\".",
                "vacuum (analyze) \"t",
                "vacuum (analyze) U&\"t\"",
                "vacuum (analyze) \"t\"; drop table t",
                "vacuum (analyze, full) \"t\"",
                "vacuum (\"analyze\") \"t\"",
                "vacuum (analyze) 't'",
                ""
            })
    void anything_else_is_not_ours(String sql) {
        assertThat(OwnStatements.find(sql)).isEmpty();
    }

    @Test
    void values_are_bound_by_the_names_the_file_gives_them() {
        var ours =
                "insert into lakebaseops_rls.tenant_roles (schema_name, tenant_role, tenant) values"
                        + " (:schema_name, pg_catalog.quote_ident(:role_name)::regrole, :tenant)";
        assertThat(OwnStatements.is("governance/map_tenant", ours)).isTrue();
        assertThat(OwnStatements.find(ours.replace(":tenant)", "'acme')"))).isEmpty();
        assertThat(OwnStatements.find(ours.replace(":tenant)", ":other)"))).isEmpty();
    }
}
