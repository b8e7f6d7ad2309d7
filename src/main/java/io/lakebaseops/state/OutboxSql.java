package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements about messages to people, by name; their text is in `sql/state/`.
final class OutboxSql {
    static final SqlName ALERT_DEEDS = SqlName.of("state/alert_deeds");
    static final SqlName ALERTS_TO_TELL = SqlName.of("state/alerts_to_tell");
    static final SqlName ADD = SqlName.of("state/notification_add");
    static final SqlName CLAIM = SqlName.of("state/notification_claim");
    static final SqlName DUE = SqlName.of("state/notification_due");
    static final SqlName END = SqlName.of("state/notification_end");
    static final SqlName LAST = SqlName.of("state/notifications_last");
    static final SqlName OF = SqlName.of("state/notifications_of");
    static final SqlName POSTPONE = SqlName.of("state/notification_postpone");

    private OutboxSql() {}
}
