package io.lakebaseops.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// What is known of a server at one moment, to be read in a meeting or attached to a ticket.
///
/// @param title `State of storefront-prod / production`
/// @param about what the reader must know to judge the rest: server, version, age of the data
/// @param zone of the times in it
public record Report(
        String title,
        Instant at,
        ZoneId zone,
        List<Block.Fact> about,
        List<Section> sections,
        List<Block.Fact> reading) {
    public Report {
        about = List.copyOf(about);
        sections = List.copyOf(sections);
        reading = List.copyOf(reading);
    }
}
