package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakehouse.history.IndexIdle;

import java.time.Duration;

/// What is said of an index without use, and how sure that is.
final class IdleIndexWords {
    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration QUARTER = Duration.ofDays(92);

    private IdleIndexWords() {}

    static String summary(IdleIndex i) {
        var row = i.index().row();
        var used =
                i.watched() != null
                        ? watched(i, i.watched())
                        : i.lastScan() == null
                                ? "no scan since %s, when it was first watched or the counters began"
                                        .formatted(Format.utc(i.since()))
                                : "last scanned on %s".formatted(Format.utc(i.lastScan()));
        var what =
                i.foreignKey() != null
                        ? "keep it: only this index finds the rows that foreign key %s points from"
                                .formatted(i.foreignKey())
                        : i.droppable()
                                ? "%s would be free, and %s entries in %s would not have been written"
                                        .formatted(
                                                Format.size(row.indexBytes()),
                                                Format.grouped(i.indexWrites()),
                                                i.index().row().tableName())
                                : "not to be dropped on this ground alone";
        return "%s %s on %s.%s: %s; %s%s"
                .formatted(
                        row.indexName(),
                        i.index().keyWords(),
                        row.schemaName(),
                        row.tableName(),
                        used,
                        what,
                        i.doubts().isEmpty() ? "" : ": " + String.join("; ", i.doubts()));
    }

    private static String watched(IdleIndex i, IndexIdle watched) {
        var lastUsed = watched.lastUsed();
        return "unused since %s by our history%s%s%s"
                .formatted(
                        Format.utc(i.since()),
                        lastUsed == null
                                ? ", which begins there"
                                : ": scanned on %d of %d days before"
                                        .formatted(watched.looksUsed(), watched.looksBefore()),
                        watched.resets() == 0
                                ? ""
                                : ", counters began anew %s meanwhile, %s unseen"
                                        .formatted(
                                                Format.count((int) watched.resets(), "time"),
                                                Format.briefly(watched.unseen())),
                        watched.generatedUntil() == null
                                ? ""
                                : " (generated until %s)"
                                        .formatted(Format.utc(watched.generatedUntil())));
    }

    static Confidence confidence(IdleIndex i) {
        return switch (i.grade()) {
            case PROVEN ->
                    new Confidence(
                            0.95, "not scanned for more than a year on the only server that could");
            case INCONCLUSIVE -> new Confidence(0.3, "the counters cannot tell");
            case CHECK_THE_CODE ->
                    i.idle().compareTo(QUARTER) >= 0
                            ? new Confidence(
                                    0.85, "watched over the end of a quarter; yearly jobs are left")
                            : i.idle().compareTo(MONTH) >= 0
                                    ? new Confidence(
                                            0.75,
                                            "watched over the end of a month; quarterly and"
                                                    + " yearly jobs are left")
                                    : new Confidence(
                                            0.6,
                                            "watched for %s: look for monthly and yearly jobs in the code"
                                                    .formatted(Format.briefly(i.idle())));
        };
    }
}
