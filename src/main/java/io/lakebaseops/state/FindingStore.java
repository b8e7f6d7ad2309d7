package io.lakebaseops.state;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Findings in the state database. An ignored finding stays ignored while nobody sees it, so that
/// one which comes and goes does not have to be ignored every time.
public final class FindingStore implements Findings {
    private final StateDb db;

    public FindingStore(StateDb db) {
        this.db = db;
    }

    @Override
    public Reconciled reconcile(
            TargetId target, List<Finding> seen, List<String> coversKinds, Instant at) {
        var byFingerprint = new LinkedHashMap<String, Finding>();
        for (var finding : seen) {
            if (!finding.target().equals(target)) {
                throw new IllegalArgumentException(
                        "A finding about " + finding.target() + " in a look at " + target);
            }
            byFingerprint.put(finding.fingerprint(), finding);
        }
        return db.tx(tx -> reconcile(tx, target, byFingerprint, coversKinds, at));
    }

    /// Reads how they stood before, since the upsert itself cannot tell opened from updated.
    private static Reconciled reconcile(
            Tx tx, TargetId target, Map<String, Finding> seen, List<String> coversKinds, Instant at)
            throws SQLException {
        tx.rows(StateSql.FINDING_TURN, Map.of("target", target.key()));
        var fingerprints = seen.keySet();
        var ignored = new HashSet<String>();
        var reopens = new HashSet<String>();
        var known = new HashSet<String>();
        var filed = new HashMap<String, String>();
        var params = Map.of("fingerprints", fingerprints, "at", at);
        for (var before : tx.query(StateSql.FINDING_STATES, params, Before.class)) {
            known.add(before.fingerprint());
            if (before.ignored()) {
                ignored.add(before.fingerprint());
            } else if (before.reopens()) {
                reopens.add(before.fingerprint());
            }
            if (before.remedy() != null) {
                filed.put(before.fingerprint(), before.remedy());
            }
        }
        store(tx, target, seen, at);
        var opened = new ArrayList<Finding>();
        var updated = new ArrayList<Finding>();
        seen.forEach(
                (fingerprint, finding) -> {
                    if (!known.contains(fingerprint) || reopens.contains(fingerprint)) {
                        opened.add(finding);
                    } else if (!ignored.contains(fingerprint)) {
                        updated.add(finding);
                    }
                });
        var closed =
                tx.column(
                        StateSql.FINDING_CLOSE,
                        Map.of(
                                "target",
                                target.key(),
                                "kinds",
                                coversKinds,
                                "fingerprints",
                                fingerprints,
                                "at",
                                at),
                        String.class);
        return new Reconciled(opened, updated, closed, unmended(opened, updated, filed));
    }

    private record Before(
            String fingerprint, boolean reopens, boolean ignored, @Nullable String remedy) {}

    private static List<Finding> unmended(
            List<Finding> opened, List<Finding> updated, Map<String, String> filed) {
        return Stream.concat(opened.stream(), updated.stream())
                .filter(
                        f ->
                                f.remedy() != null
                                        && !f.remedy().key().equals(filed.get(f.fingerprint())))
                .toList();
    }

    @Override
    public void remedied(Map<String, String> keys, Instant until) {
        if (keys.isEmpty()) {
            return;
        }
        db.tx(
                tx ->
                        tx.update(
                                StateSql.FINDING_REMEDIED,
                                Map.of(
                                        "until",
                                        until,
                                        "fingerprints",
                                        keys.keySet(),
                                        "remedies",
                                        keys.values())));
    }

    private static void store(Tx tx, TargetId target, Map<String, Finding> seen, Instant at)
            throws SQLException {
        if (seen.isEmpty()) {
            return;
        }
        var findings = seen.values();
        tx.update(
                StateSql.FINDING_PUT,
                Map.ofEntries(
                        Map.entry("target", target.key()),
                        Map.entry("at", at),
                        Map.entry("fingerprints", seen.keySet()),
                        column("kinds", findings, Finding::kind),
                        column("severities", findings, f -> f.severity().ordinal()),
                        column("databases", findings, f -> orEmpty(f.subject().database())),
                        column("schemas", findings, f -> orEmpty(f.subject().schema())),
                        column("tables", findings, f -> orEmpty(f.subject().table())),
                        column("bytes_freed", findings, f -> impact(f).bytesFreed()),
                        column("ms_per_hour", findings, f -> impact(f).msPerHour()),
                        column("bodies", findings, f -> StateJson.write(f.mendedBy(null)))));
    }

    private static Map.Entry<String, Object> column(
            String name, Collection<Finding> findings, Function<Finding, Object> value) {
        return Map.entry(name, findings.stream().map(value).toList());
    }

    @Override
    public List<StoredFinding> open(@Nullable TargetId target) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", target == null ? null : target.key());
        return db.tx(tx -> tx.query(StateSql.FINDING_OPEN, params, StoredFinding.class));
    }

    @Override
    public Optional<StoredFinding> find(String fingerprint) {
        var params = Map.of("fingerprint", fingerprint);
        return db.tx(tx -> tx.first(StateSql.FINDING_FIND, params, StoredFinding.class));
    }

    @Override
    public List<StoredFinding> page(Filter filter, int offset, int limit) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", filter.target() == null ? null : filter.target().key());
        params.put("kind", filter.kind());
        params.put("database", filter.database());
        params.put("schema", filter.schema());
        params.put("limit", limit);
        params.put("offset", offset);
        return db.tx(tx -> tx.query(StateSql.FINDING_PAGE, params, StoredFinding.class));
    }

    @Override
    public List<Group> groups(TargetId target) {
        var params = Map.of("target", target.key());
        return db.tx(tx -> tx.query(StateSql.FINDING_GROUPS, params, Group.class));
    }

    @Override
    public List<StoredFinding> ranked(TargetId target, List<String> kinds, int offset, int limit) {
        var params =
                Map.of("target", target.key(), "kinds", kinds, "limit", limit, "offset", offset);
        return db.tx(tx -> tx.query(StateSql.FINDING_RANKED, params, StoredFinding.class));
    }

    @Override
    public List<Sum> sums(TargetId target, List<String> kinds) {
        var params = Map.of("target", target.key(), "kinds", kinds);
        return db.tx(tx -> tx.query(StateSql.FINDING_SUMS, params, Sum.class));
    }

    @Override
    public List<OfTable> tables(TargetId target, List<String> kinds, int limit) {
        var params = Map.of("target", target.key(), "kinds", kinds, "limit", limit);
        return db.tx(tx -> tx.query(StateSql.FINDING_TABLES, params, OfTable.class));
    }

    @Override
    public List<Ignored> ignored(TargetId target, List<String> kinds, Instant now, int limit) {
        var params = Map.of("target", target.key(), "kinds", kinds, "now", now, "limit", limit);
        return db.tx(tx -> tx.query(StateSql.FINDING_IGNORED, params, Ignored.class));
    }

    private static Impact impact(Finding finding) {
        return finding.impact() == null ? Impact.frees(0) : finding.impact();
    }

    private static String orEmpty(@Nullable String name) {
        return name == null ? "" : name;
    }

    @Override
    public void ignore(String fingerprint, String by, String reason, @Nullable Instant until) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("fingerprint", fingerprint);
        params.put("by", by);
        params.put("reason", reason);
        params.put("until", until);
        if (db.tx(tx -> tx.update(StateSql.FINDING_IGNORE, params)) == 0) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Ignore a finding",
                    "there is none with fingerprint " + fingerprint,
                    "refresh the list of findings");
        }
    }
}
