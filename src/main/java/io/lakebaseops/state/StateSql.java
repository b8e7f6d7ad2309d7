package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements this package sends, by name; their text is in `sql/state/`.
final class StateSql {
    static final SqlName ALERT_ACKNOWLEDGE = SqlName.of("state/alert_acknowledge");
    static final SqlName ALERT_ACTIVE = SqlName.of("state/alert_active");
    static final SqlName ALERT_HISTORY = SqlName.of("state/alert_history");
    static final SqlName ALERT_INSERT = SqlName.of("state/alert_insert");
    static final SqlName ALERT_MUTE = SqlName.of("state/alert_mute");
    static final SqlName ALERT_MUTED_UNTIL = SqlName.of("state/alert_muted_until");
    static final SqlName ALERT_UPDATE = SqlName.of("state/alert_update");
    static final SqlName FINDING_CLOSE = SqlName.of("state/finding_close");
    static final SqlName FINDING_IGNORE = SqlName.of("state/finding_ignore");
    static final SqlName FINDING_OPEN = SqlName.of("state/finding_open");
    static final SqlName FINDING_PUT = SqlName.of("state/finding_put");
    static final SqlName FINDING_STATES = SqlName.of("state/finding_states");
    static final SqlName FINDING_TURN = SqlName.of("state/finding_turn");
    static final SqlName LEASE_TRY = SqlName.of("state/lease_try");
    static final SqlName MIGRATION_TURN = SqlName.of("state/migration_turn");
    static final SqlName SETTING_GET = SqlName.of("state/setting_get");
    static final SqlName SETTING_PUT = SqlName.of("state/setting_put");

    private StateSql() {}
}
