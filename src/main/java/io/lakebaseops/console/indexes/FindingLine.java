package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.DetectBloatedIndexes;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.agents.performance.indexes.DetectUnusedIndexes;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.state.Findings.Ignored;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/// A finding as a line of the table says it.
///
/// @param firstSeen null for one that is ignored
/// @param ignored by whom, until when and why; null for an open one
/// @param unchecked its check failed at the last analysis: it is as old as `lastSeen`
record FindingLine(
        Finding finding,
        @Nullable Instant firstSeen,
        @Nullable Instant lastSeen,
        @Nullable String earlierReason,
        @Nullable Ignored ignored,
        boolean unchecked) {
    static FindingLine open(StoredFinding stored, boolean unchecked) {
        return new FindingLine(
                stored.finding(),
                stored.firstSeen(),
                stored.lastSeen(),
                stored.ignoreReason(),
                null,
                unchecked);
    }

    static FindingLine of(Ignored ignored) {
        return new FindingLine(ignored.finding(), null, null, null, ignored, false);
    }

    String fingerprint() {
        return finding.fingerprint();
    }

    Role role() {
        return ignored == null ? Role.of(finding.severity()) : Role.MUTED;
    }

    /// `Missing FK`, `Prefix`: the word of the field for it.
    String kind() {
        return switch (finding.kind()) {
            case DetectMissingFkIndexes.KIND -> Texts.of("Missing FK");
            case DetectMissingIndexes.KIND -> Texts.of("Missing");
            case DetectDuplicateIndexes.KIND -> duplicate();
            case DetectUnusedIndexes.KIND -> Texts.of("Unused");
            case DetectUnusedIndexes.FK_KIND -> Texts.of("Unused, keep");
            case DetectBloatedIndexes.KIND -> Texts.of("Bloated");
            case RunFullIndexAnalysis.INVALID_KIND -> Texts.of("Invalid");
            default -> ToolWords.title(finding.kind());
        };
    }

    private String duplicate() {
        return switch (evidence("relation")) {
            case "prefix" -> Texts.of("Prefix");
            case "narrower" -> Texts.of("Narrower");
            default -> Texts.of("Duplicate");
        };
    }

    /// Is an index to be built? It is not there yet.
    boolean missing() {
        return FindingGroup.MISSING.kinds().contains(finding.kind());
    }

    /// The index, or the table and the columns that lack one.
    String object() {
        var subject = finding.subject();
        return missing()
                ? "%s.%s (%s)".formatted(subject.schema(), subject.table(), evidence("columns"))
                : subject.display();
    }

    /// What the first row of its evidence says of this; empty when nothing.
    String evidence(String column) {
        for (var evidence : finding.evidence()) {
            if (!evidence.rows().isEmpty()) {
                var value = evidence.rows().list().getFirst().get(column);
                return value == null ? "" : value.toString();
            }
        }
        return "";
    }

    private Impact impact() {
        return finding.impact() == null ? Impact.frees(0) : finding.impact();
    }

    long bytes() {
        return impact().bytesFreed();
    }

    double msPerHour() {
        return impact().msPerHour();
    }

    /// `−251 ± 12 MB`: the change of storage, in one unit.
    String storage() {
        if (bytes() == 0) {
            return "–";
        }
        var size = Format.bytes(Math.abs(bytes()));
        var sign = bytes() > 0 ? "−" : "+";
        if (impact().bytesError() == 0) {
            return sign + size.number() + " " + size.unit();
        }
        // The error in the unit and with the decimals of the value.
        var shown = new BigDecimal(size.number().replace(",", ""));
        double unit = Math.abs(bytes()) / Math.max(0.001, shown.doubleValue());
        var error =
                BigDecimal.valueOf(impact().bytesError() / Math.max(1, unit))
                        .setScale(shown.scale(), RoundingMode.UP);
        return "%s%s ± %s %s".formatted(sign, size.number(), error.toPlainString(), size.unit());
    }

    /// Execution time an hour, by estimate.
    String time() {
        return msPerHour() <= 0
                ? "–"
                : "−" + Format.duration(Duration.ofNanos((long) (msPerHour() * 1e6))) + "/h";
    }

    String confidence() {
        double value = finding.confidence().value();
        return value >= 0.99
                ? Texts.of("certain")
                : value >= 0.8
                        ? Texts.of("high")
                        : value >= 0.6 ? Texts.of("medium") : Texts.of("low");
    }
}
