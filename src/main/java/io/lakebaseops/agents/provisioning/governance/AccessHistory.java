package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Source;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.WarehouseQuery;
import io.lakebaseops.lakehouse.LakeQuery;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Lineage and audit of a catalog from the account's system tables. The query is part of the
/// answer, so that anyone with a warehouse can run it where we could not.
///
/// @param reason why there are no rows to be had; null when there are
record AccessHistory(
        String query,
        String statement,
        Map<String, String> parameters,
        Source source,
        @Nullable String reason,
        Rows rows) {
    private static final String LINEAGE = "unity/table_lineage";
    private static final String AUDIT = "unity/catalog_audit";

    static AccessHistory lineage(
            UnityCatalog unity, String catalog, boolean registered, Deadline deadline) {
        return of(LINEAGE, unity, catalog, registered, deadline);
    }

    static AccessHistory audit(
            UnityCatalog unity, String catalog, boolean registered, Deadline deadline) {
        return of(AUDIT, unity, catalog, registered, deadline);
    }

    private static AccessHistory of(
            String name,
            UnityCatalog unity,
            String catalog,
            boolean registered,
            Deadline deadline) {
        var sql = LakeQuery.load(name).sql();
        var values = Map.of("catalog", catalog);
        if (!registered) {
            var why = "catalog " + catalog + " is not registered yet: it has no history";
            return new AccessHistory(name, sql, values, Source.UNAVAILABLE, why, Rows.EMPTY);
        }
        try {
            var rows = unity.ask(new WarehouseQuery(name, sql, values), deadline);
            return new AccessHistory(name, sql, values, Source.LIVE, null, rows);
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.CANCELLED) {
                throw e;
            }
            return new AccessHistory(
                    name, sql, values, Source.UNAVAILABLE, e.getMessage(), Rows.EMPTY);
        }
    }
}
