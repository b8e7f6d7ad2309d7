package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;

/// A table that autovacuum visits for freezing again and again without effect: it has an
/// autovacuum_freeze_max_age of its own, and rows older than that are still too young to be frozen.
///
/// @param xidAge of the table, in transactions
/// @param freezeMaxAge at which autovacuum comes
/// @param freezeMinAge rows younger than that stay unfrozen
record FreezeRevisit(
        String schemaName, String tableName, long xidAge, long freezeMaxAge, long freezeMinAge) {
    /// Vacuum must freeze early enough, and must not skip pages that are visible to all.
    String words() {
        return "%s.%s: autovacuum comes at an age of %s transactions (its own autovacuum_freeze_max_age) but freezes no row younger than %s, so that it comes again every time, without effect (age now %s). ALTER TABLE %s SET (autovacuum_freeze_min_age = %d, autovacuum_freeze_table_age = %d), or RESET (autovacuum_freeze_max_age)"
                .formatted(
                        schemaName,
                        tableName,
                        Format.grouped(freezeMaxAge),
                        Format.grouped(freezeMinAge),
                        Format.grouped(xidAge),
                        Ident.of(schemaName, tableName).sql(),
                        freezeMaxAge / 2,
                        freezeMaxAge / 20 * 19);
    }
}
