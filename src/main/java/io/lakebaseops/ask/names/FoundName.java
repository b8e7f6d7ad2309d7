package io.lakebaseops.ask.names;

import java.util.List;

/// A name found in a question.
///
/// @param from, until where it stands in the text
/// @param others that could be meant too
public record FoundName(
        String slot, ServerName name, int from, int until, List<ServerName> others) {
    public FoundName {
        others = List.copyOf(others);
    }
}
