package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;

/// Is an inserted row of the tenant mapping taken back exactly? The mapping has one row per key, so
/// a deletion by the same bound key removes what was inserted and nothing else.
final class TenantRows {
    private static final String TABLE = "LAKEBASEOPS_RLS . TENANT_ROLES";

    private static final String MAPS =
            "INSERT INTO "
                    + TABLE
                    + " ( SCHEMA_NAME , TENANT_ROLE , TENANT ) VALUES ( :schema_name , PG_CATALOG ."
                    + " QUOTE_IDENT ( :role_name ) :: REGROLE , :tenant )";

    private static final String UNMAPS =
            "DELETE FROM "
                    + TABLE
                    + " M WHERE M . SCHEMA_NAME = :schema_name AND M . TENANT_ROLE = PG_CATALOG ."
                    + " QUOTE_IDENT ( :role_name ) :: REGROLE AND M . TENANT = :tenant";

    private TenantRows() {}

    static boolean maps(SqlWords words) {
        return text(words).equals(MAPS);
    }

    /// The plan's undo deletes by the very values that this step inserts.
    static boolean takenBack(Step.SqlStep insert, ChangePlan plan) {
        return plan.undo().steps().stream()
                .filter(Step.SqlStep.class::isInstance)
                .map(Step.SqlStep.class::cast)
                .anyMatch(
                        back ->
                                back.database().equals(insert.database())
                                        && back.params().equals(insert.params())
                                        && text(SqlWords.of(back.sql())).equals(UNMAPS));
    }

    private static String text(SqlWords words) {
        return String.join(" ", words.tokens());
    }
}
