package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Finding;

import java.util.List;

/// What one index check says about one database.
///
/// @param checked how many objects were looked at
/// @param caveats what limits it: a missing right, counters that began anew, a locked table
/// @param complete nothing was left out: what was found before and is not now, is gone
record Judged<T>(
        int checked,
        List<T> results,
        List<Finding> findings,
        List<String> caveats,
        boolean complete)
        implements IndexCheck.Verdict {
    Judged {
        results = List.copyOf(results);
        findings = List.copyOf(findings);
        caveats = List.copyOf(caveats);
    }

    @Override
    public boolean covers(String kind) {
        return complete;
    }

    static <T> Judged<T> none() {
        return new Judged<>(0, List.of(), List.of());
    }

    Judged(int checked, List<T> results, List<Finding> findings, List<String> caveats) {
        this(checked, results, findings, caveats, true);
    }

    Judged(int checked, List<T> results, List<Finding> findings) {
        this(checked, results, findings, List.of(), true);
    }
}
