package io.lakebaseops.change.execution;

import io.lakebaseops.postgres.SqlName;

/// The statements about receipts, by name; their text is in `sql/change/`.
final class ReceiptSql {
    static final SqlName RECEIPT_END = SqlName.of("change/receipt_end");
    static final SqlName RECEIPT_START = SqlName.of("change/receipt_start");
    static final SqlName RECEIPTS = SqlName.of("change/receipts");

    private ReceiptSql() {}
}
