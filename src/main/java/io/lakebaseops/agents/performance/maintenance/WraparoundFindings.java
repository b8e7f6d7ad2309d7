package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells databases and tables that are old, until when that is well, and whether a freeze helps.
record WraparoundFindings(
        SqlLibrary sql,
        ToolContext context,
        CheckTxidWraparoundRisk.Input limits,
        XminHorizon horizon,
        CheckTxidWraparoundRisk.Ids transactions,
        CheckTxidWraparoundRisk.Ids multixacts) {
    private static final SqlName FREEZE = SqlName.of("maintenance/vacuum_freeze");

    /// More at once would keep the disks busy for long; the next ones come with the next run.
    private static final int MOST_TABLES = 5;

    /// A freeze makes nothing younger than the oldest transaction there is.
    private static final double HELPS_BELOW = 0.9;

    /// The remedy of a table that keeps its database old.
    record Freeze(String database, String schema, String table) implements Remedy {
        @Override
        public String key() {
            return "freeze " + Ident.of(schema, table).sql();
        }
    }

    private Severity severity(long age) {
        return age >= limits.critical() ? Severity.CRITICAL : Severity.WARNING;
    }

    Optional<Finding> database(CheckTxidWraparoundRisk.Database d) {
        long age = Math.max(d.xidAge(), d.multixactAge());
        if (age < limits.warning()) {
            return Optional.empty();
        }
        boolean multi = d.multixactAge() > d.xidAge();
        var ids = multi ? multixacts : transactions;
        var now = context.clock().instant();
        return Optional.of(
                Finding.of(
                        context.target(),
                        CheckTxidWraparoundRisk.KIND,
                        severity(age),
                        Subject.database(d.databaseName()),
                        "%s: its oldest %s is %s old, %s of what fits; %s%s%s"
                                .formatted(
                                        d.databaseName(),
                                        multi ? "multixact" : "transaction id",
                                        Format.large(age),
                                        Format.percent(age / 2_147_483_648.0),
                                        until(ids),
                                        held(age),
                                        d.allowsConnections()
                                                ? ""
                                                : "; it allows no connections, so only autovacuum"
                                                        + " can freeze it"),
                        new Confidence(1, "read from the server's own catalog"),
                        null,
                        CheckSql.of(sql, MaintenanceSql.WRAPAROUND, Map.of()),
                        List.of(
                                new Evidence(
                                        MaintenanceSql.WRAPAROUND.path(),
                                        Map.of(),
                                        new Rows(
                                                List.of(
                                                        Map.of(
                                                                "database_name",
                                                                d.databaseName(),
                                                                "xid_age",
                                                                d.xidAge(),
                                                                "multixact_age",
                                                                d.multixactAge()))),
                                        now)),
                        now));
    }

    private static String until(CheckTxidWraparoundRisk.Ids ids) {
        var stop = ids.stop();
        if (stop == null) {
            return "how fast they are used up is not known yet";
        }
        return "at the %s rate writes stop about %s (%s to %s) unless it is frozen"
                .formatted(
                        ids.generatedUntil() == null ? "measured" : "generated",
                        Format.utc(stop.expected()),
                        Format.utc(stop.earliest()),
                        stop.latest() == null ? "much later" : Format.utc(stop.latest()));
    }

    private String held(long age) {
        return horizon.holder()
                .filter(h -> h.xminAge() >= HELPS_BELOW * age)
                .map(
                        h ->
                                "; a freeze cannot help while %s is there: %s"
                                        .formatted(horizon.words(h), horizon.remedy(h)))
                .orElse("");
    }

    /// The worst of one database.
    List<Finding> tables(CheckTxidWraparoundRisk.Seen seen) {
        return seen.oldest().stream()
                .filter(o -> o.age() >= limits.warning())
                .limit(MOST_TABLES)
                .map(o -> table(seen.database(), o))
                .toList();
    }

    private Finding table(String database, CheckTxidWraparoundRisk.Oldest o) {
        var now = context.clock().instant();
        boolean helps = held(o.age()).isEmpty();
        return Finding.of(
                        context.target(),
                        CheckTxidWraparoundRisk.TABLE_KIND,
                        severity(o.age()),
                        Subject.table(database, o.schemaName(), o.tableName()),
                        "%s.%s: %s transactions and %s multixacts old, %s%s%s"
                                .formatted(
                                        o.schemaName(),
                                        o.tableName(),
                                        Format.large(o.xidAge()),
                                        Format.large(o.multixactAge()),
                                        Format.size(o.tableBytes()),
                                        o.vacuumRunning() ? ", being vacuumed now" : "",
                                        helps ? "" : held(o.age())),
                        new Confidence(1, "read from the server's own catalog"),
                        sql.render(FREEZE, Map.of("table", Ident.of(o.schemaName(), o.tableName())))
                                .text(),
                        CheckSql.of(sql, MaintenanceSql.OLDEST_TABLES, Map.of("top", 10)),
                        List.of(
                                new Evidence(
                                        MaintenanceSql.OLDEST_TABLES.path(),
                                        Map.of("top", 10),
                                        new Rows(
                                                List.of(
                                                        Map.of(
                                                                "table_name",
                                                                o.tableName(),
                                                                "xid_age",
                                                                o.xidAge(),
                                                                "multixact_age",
                                                                o.multixactAge(),
                                                                "freeze_max_age",
                                                                o.freezeMaxAge(),
                                                                "freeze_table_age",
                                                                o.freezeTableAge()))),
                                        now)),
                        now)
                .mendedBy(
                        helps && o.mayMaintain() && !o.vacuumRunning()
                                ? new Freeze(database, o.schemaName(), o.tableName())
                                : null);
    }
}
