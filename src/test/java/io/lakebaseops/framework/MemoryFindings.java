package io.lakebaseops.framework;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Findings kept in a map, with the contract's rules.
public final class MemoryFindings implements Findings {
    private final Map<String, StoredFinding> stored = new LinkedHashMap<>();
    private final Map<String, String> remedied = new LinkedHashMap<>();

    @Override
    public synchronized Reconciled reconcile(
            TargetId target, List<Finding> seen, List<String> coversKinds, Instant at) {
        var opened = new ArrayList<Finding>();
        var updated = new ArrayList<Finding>();
        for (var finding : seen) {
            var old = stored.get(finding.fingerprint());
            (old == null ? opened : updated).add(finding);
            stored.put(
                    finding.fingerprint(),
                    new StoredFinding(
                            finding,
                            State.OPEN,
                            old == null ? at : old.firstSeen(),
                            at,
                            old == null ? 1 : old.timesSeen() + 1,
                            null));
        }
        var fresh = seen.stream().map(Finding::fingerprint).toList();
        var closed =
                stored.values().stream()
                        .map(StoredFinding::finding)
                        .filter(f -> f.target().equals(target) && coversKinds.contains(f.kind()))
                        .map(Finding::fingerprint)
                        .filter(f -> !fresh.contains(f))
                        .toList();
        closed.forEach(stored::remove);
        var unmended =
                seen.stream()
                        .filter(f -> f.remedy() != null)
                        .filter(f -> !f.remedy().key().equals(remedied.get(f.fingerprint())))
                        .toList();
        return new Reconciled(opened, updated, closed, unmended);
    }

    @Override
    public synchronized List<StoredFinding> open(@Nullable TargetId target) {
        return stored.values().stream()
                .filter(s -> target == null || s.finding().target().equals(target))
                .toList();
    }

    @Override
    public synchronized void remedied(Map<String, String> keys, Instant until) {
        remedied.putAll(keys);
    }

    @Override
    public Optional<StoredFinding> find(String fingerprint) {
        throw new UnsupportedOperationException("no test looks for one finding");
    }

    @Override
    public List<StoredFinding> page(Filter filter, int offset, int limit) {
        return open(filter.target()).stream().skip(offset).limit(limit).toList();
    }

    @Override
    public List<StoredFinding> ranked(TargetId target, List<String> kinds, int offset, int limit) {
        throw new UnsupportedOperationException("no test ranks findings");
    }

    @Override
    public List<Ignored> ignored(TargetId target, List<String> kinds, Instant now, int limit) {
        throw new UnsupportedOperationException("no test asks who ignores what");
    }

    @Override
    public List<Sum> sums(TargetId target, List<String> kinds) {
        throw new UnsupportedOperationException("no test sums findings");
    }

    @Override
    public List<OfTable> tables(TargetId target, List<String> kinds, int limit) {
        throw new UnsupportedOperationException("no test asks for tables");
    }

    @Override
    public List<Group> groups(TargetId target) {
        throw new UnsupportedOperationException("no test groups findings");
    }

    @Override
    public void ignore(String fingerprint, String by, String reason, @Nullable Instant until) {
        throw new UnsupportedOperationException("no test ignores a finding");
    }
}
