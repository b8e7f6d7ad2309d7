package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

/// The statements about conversations, by name.
final class ConversationSql {
    static final SqlName PUT = SqlName.of("state/conversation_put");
    static final SqlName EXCHANGE_PUT = SqlName.of("state/conversation_exchange_put");
    static final SqlName SUM = SqlName.of("state/conversation_sum");
    static final SqlName PAGE = SqlName.of("state/conversation_page");
    static final SqlName FIND = SqlName.of("state/conversation_find");
    static final SqlName COUNT = SqlName.of("state/conversation_count");
    static final SqlName EXCHANGES = SqlName.of("state/conversation_exchanges");
    static final SqlName DELETE = SqlName.of("state/conversation_delete");
    static final SqlName FILED = SqlName.of("state/conversation_filed");
    static final SqlName PIN = SqlName.of("state/answer_pin");
    static final SqlName UNPIN = SqlName.of("state/answer_unpin");
    static final SqlName PINS = SqlName.of("state/answer_pins_of");
    static final SqlName PINNED = SqlName.of("state/answers_pinned");
    static final SqlName PRUNE = SqlName.of("state/prune_conversations");

    private ConversationSql() {}
}
