package io.lakebaseops.sqltext.parser;

/// The parser left its limits or ended itself; its instance is not used again.
final class ParserAborted extends RuntimeException {
    private static final long serialVersionUID = 1;

    ParserAborted(String message) {
        super(message);
    }
}
