package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.DetectBloatedIndexes;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.agents.performance.indexes.DetectUnusedIndexes;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.console.Messages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The kinds of index findings as the chips of the screen group them.
enum FindingGroup {
    ALL(
            DetectMissingIndexes.KIND,
            DetectMissingFkIndexes.KIND,
            DetectDuplicateIndexes.KIND,
            DetectUnusedIndexes.KIND,
            DetectUnusedIndexes.FK_KIND,
            DetectBloatedIndexes.KIND,
            RunFullIndexAnalysis.INVALID_KIND),
    MISSING(DetectMissingIndexes.KIND, DetectMissingFkIndexes.KIND),
    NOT_NEEDED(DetectDuplicateIndexes.KIND, DetectUnusedIndexes.KIND),
    BLOATED(DetectBloatedIndexes.KIND),
    INVALID(RunFullIndexAnalysis.INVALID_KIND),
    /// Set aside by a person: listed apart.
    IGNORED();

    private final List<String> kinds;

    FindingGroup(String... kinds) {
        this.kinds = List.of(kinds);
    }

    List<String> kinds() {
        return kinds;
    }

    String title() {
        return Messages.of("indexes.group." + id());
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those that show open findings.
    static List<FindingGroup> open() {
        return Arrays.stream(values()).filter(g -> g != IGNORED).toList();
    }
}
