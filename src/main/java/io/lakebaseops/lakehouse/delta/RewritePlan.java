package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files that should go, and those that should become fewer and larger.
///
/// @param expired files whose every row is older than the cutoff
/// @param ageing groups with rows on both sides of the cutoff
/// @param merging groups of small files, the newest first: they are asked for most
/// @param cutoff rows recorded before are to go; null keeps all
record RewritePlan(
        List<LiveFile> expired, List<Group> ageing, List<Group> merging, @Nullable Instant cutoff) {

    /// Files to be read together and written anew, all of one partition.
    record Group(Map<String, @Nullable String> partition, List<LiveFile> inputs) {}

    static RewritePlan of(
            Snapshot snapshot, List<LiveFile> files, Instant now, MaintenancePolicy policy) {
        var days = snapshot.getTableProperties().get(TableSetup.RETENTION_DAYS);
        var cutoff = days == null ? null : now.minus(Duration.ofDays(Long.parseLong(days)));
        var expired = new ArrayList<LiveFile>();
        var ageing = new LinkedHashMap<Map<String, @Nullable String>, List<LiveFile>>();
        var young = new LinkedHashMap<Map<String, @Nullable String>, List<LiveFile>>();
        for (var file : files) {
            var latest = file.latest();
            if (cutoff != null && latest != null && latest.isBefore(cutoff)) {
                expired.add(file);
            } else {
                var kind = reachesBehind(file, cutoff) ? ageing : young;
                kind.computeIfAbsent(file.partition(), _ -> new ArrayList<>()).add(file);
            }
        }
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var merging = new ArrayList<Group>();
        young.forEach(
                (partition, members) -> {
                    int enough = isOver(partition, today) ? 2 : policy.minSmallFiles();
                    merging.addAll(small(partition, members, enough, policy));
                });
        merging.sort(Comparator.comparing((Group g) -> start(g.inputs().getFirst())).reversed());
        var behind = new ArrayList<Group>();
        ageing.forEach((partition, members) -> behind.addAll(bundles(partition, members, policy)));
        return new RewritePlan(expired, behind, merging, cutoff);
    }

    boolean expiresNothing() {
        return expired.isEmpty() && ageing.isEmpty();
    }

    /// Files that would be read or taken out.
    int files() {
        return expired.size()
                + ageing.stream().mapToInt(g -> g.inputs().size()).sum()
                + merging.stream().mapToInt(g -> g.inputs().size()).sum();
    }

    private static boolean isOver(Map<String, @Nullable String> partition, LocalDate today) {
        var day = partition.get(TableDef.DATE);
        return day != null && LocalDate.parse(day).isBefore(today);
    }

    private static List<Group> small(
            Map<String, @Nullable String> partition,
            List<LiveFile> members,
            int enough,
            MaintenancePolicy policy) {
        var candidates =
                members.stream()
                        .filter(f -> f.bytes() < policy.smallBytes() || f.hasDeletedRows())
                        .toList();
        return bundles(partition, candidates, policy).stream()
                .filter(
                        g ->
                                g.inputs().size() >= enough
                                        || bytes(g) >= policy.targetBytes()
                                        || g.inputs().stream().anyMatch(LiveFile::hasDeletedRows))
                .toList();
    }

    /// In the order of time, each large enough for one file.
    private static List<Group> bundles(
            Map<String, @Nullable String> partition,
            List<LiveFile> members,
            MaintenancePolicy policy) {
        var ordered = members.stream().sorted(Comparator.comparing(RewritePlan::start)).toList();
        var groups = new ArrayList<Group>();
        var bundle = new ArrayList<LiveFile>();
        long bytes = 0;
        for (var file : ordered) {
            bundle.add(file);
            bytes += file.bytes();
            if (bytes >= policy.targetBytes()) {
                groups.add(new Group(partition, List.copyOf(bundle)));
                bundle.clear();
                bytes = 0;
            }
        }
        if (!bundle.isEmpty()) {
            groups.add(new Group(partition, List.copyOf(bundle)));
        }
        return groups;
    }

    private static long bytes(Group group) {
        return group.inputs().stream().mapToLong(LiveFile::bytes).sum();
    }

    private static boolean reachesBehind(LiveFile file, @Nullable Instant cutoff) {
        return cutoff != null && start(file).isBefore(cutoff);
    }

    // Without statistics a file may reach back for ever; it is read once and written with them.
    private static Instant start(LiveFile file) {
        var earliest = file.earliest();
        return earliest == null ? Instant.MIN : earliest;
    }
}
