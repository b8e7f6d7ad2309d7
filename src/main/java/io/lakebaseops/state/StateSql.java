package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements this package sends, by name; their text is in `sql/state/`.
final class StateSql {
    static final SqlName MIGRATION_TURN = SqlName.of("state/migration_turn");
    static final SqlName LEASE_TRY = SqlName.of("state/lease_try");
    static final SqlName SETTING_GET = SqlName.of("state/setting_get");
    static final SqlName SETTING_PUT = SqlName.of("state/setting_put");

    private StateSql() {}
}
