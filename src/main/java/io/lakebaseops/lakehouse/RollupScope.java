package io.lakebaseops.lakehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Where sums stand for the rows they were made of: in whole hours and days between the first and
/// the last edge of what is asked, in none that has an edge inside.
///
/// A partition's sums are used only while it holds exactly the files they were made from; whatever
/// came later, expired or was written anew is read row by row until they are made again. So no row
/// counts twice and none is missed, however late it comes.
///
/// @param hourly sums by hour, from the hour's beginning up to its end
/// @param daily sums by day
/// @param days false where days are too coarse
/// @param edges in the order of time; none: sums are not used at all
public record RollupScope(Rollup hourly, Rollup daily, boolean days, List<Instant> edges) {
    public static final Duration HOUR = Duration.ofHours(1);

    public RollupScope {
        edges = List.copyOf(edges);
        if (edges.size() == 1) {
            throw new IllegalArgumentException("One edge bounds nothing");
        }
    }

    /// The beginnings of hours with an edge in them.
    public List<Instant> cutHours() {
        return edges.stream().map(e -> e.truncatedTo(ChronoUnit.HOURS)).distinct().toList();
    }

    /// Whether everything from here up to there lies between two edges that follow each other.
    public boolean whole(Instant from, Instant until) {
        return !edges.isEmpty()
                && from.isAfter(edges.getFirst())
                && !until.isAfter(edges.getLast())
                && edges.stream().noneMatch(e -> !e.isBefore(from) && e.isBefore(until));
    }
}
