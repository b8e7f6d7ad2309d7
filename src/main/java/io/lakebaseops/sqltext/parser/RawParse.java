package io.lakebaseops.sqltext.parser;

/// What the grammar says about a text.
public sealed interface RawParse {
    /// @param json the tree as libpg_query writes it; places in it count bytes of UTF-8
    record Tree(String json) implements RawParse {}

    /// @param message the server's own words
    /// @param position the character, from 1 on, that it points at; 0 for none
    record Refused(String message, int position) implements RawParse {}

    /// Larger, deeper or slower than we parse.
    record Beyond(String limit) implements RawParse {}
}
