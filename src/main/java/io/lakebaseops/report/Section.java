package io.lakebaseops.report;

import java.util.List;

/// One subject of a report: its verdict in a sentence, then the evidence.
///
/// @param id names it within the document: letters, digits and hyphens
/// @param verdict first of all
public record Section(String id, String title, Tone tone, String verdict, List<Block> blocks) {
    public Section {
        blocks = List.copyOf(blocks);
        if (!id.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("Not an id: " + id);
        }
    }

    /// One that could not be read: the rest of the report stands without it.
    public static Section unread(String id, String title, String why) {
        return new Section(id, title, Tone.UNAVAILABLE, "Could not be read: " + why, List.of());
    }
}
