package io.lakebaseops.console.ask;

import io.lakebaseops.state.Conversations.Line;

import java.time.Instant;
import java.util.List;

/// The conversations of a person as the list shows them, and what could be asked now.
///
/// @param lines that fit the search, newest first; at most as many as are shown
/// @param more there are older ones
/// @param all how many there are without the search
/// @param examples questions made from what is wrong now
record AskSnapshot(
        String search,
        List<Line> lines,
        boolean more,
        long all,
        List<String> examples,
        Instant now) {
    AskSnapshot {
        lines = List.copyOf(lines);
        examples = List.copyOf(examples);
    }
}
