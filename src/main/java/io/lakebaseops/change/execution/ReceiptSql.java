package io.lakebaseops.change.execution;

import io.lakebaseops.state.NamedSql;

/// The statements about receipts, by name; their text is in `sql/change/`.
final class ReceiptSql {
    static final NamedSql RECEIPT_END = NamedSql.of("change/receipt_end");
    static final NamedSql RECEIPT_START = NamedSql.of("change/receipt_start");
    static final NamedSql RECEIPTS = NamedSql.of("change/receipts");

    private ReceiptSql() {}
}
