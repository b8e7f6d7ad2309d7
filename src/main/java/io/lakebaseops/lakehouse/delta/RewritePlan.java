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
/// @param groups files to be read together and written anew, each of one partition
/// @param cutoff rows recorded before are left out when writing; null keeps all
record RewritePlan(List<LiveFile> expired, List<Group> groups, @Nullable Instant cutoff) {

    record Group(Map<String, @Nullable String> partition, List<LiveFile> inputs) {}

    static RewritePlan of(
            Snapshot snapshot, List<LiveFile> files, Instant now, MaintenancePolicy policy) {
        var days = snapshot.getTableProperties().get(TableSetup.RETENTION_DAYS);
        var cutoff = days == null ? null : now.minus(Duration.ofDays(Long.parseLong(days)));
        var expired = new ArrayList<LiveFile>();
        var partitions = new LinkedHashMap<Map<String, @Nullable String>, List<LiveFile>>();
        for (var file : files) {
            var latest = file.latest();
            if (cutoff != null && latest != null && latest.isBefore(cutoff)) {
                expired.add(file);
            } else {
                partitions.computeIfAbsent(file.partition(), _ -> new ArrayList<>()).add(file);
            }
        }
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var groups = new ArrayList<Group>();
        partitions.forEach(
                (partition, members) -> {
                    int enough = isOver(partition, today) ? 2 : policy.minSmallFiles();
                    for (var inputs : group(members, enough, cutoff, policy)) {
                        groups.add(new Group(partition, inputs));
                    }
                });
        return new RewritePlan(expired, groups, cutoff);
    }

    boolean isEmpty() {
        return expired.isEmpty() && groups.isEmpty();
    }

    private static boolean isOver(Map<String, @Nullable String> partition, LocalDate today) {
        var day = partition.get(TableDef.DATE);
        return day != null && LocalDate.parse(day).isBefore(today);
    }

    private static List<List<LiveFile>> group(
            List<LiveFile> members,
            int enough,
            @Nullable Instant cutoff,
            MaintenancePolicy policy) {
        var small = new ArrayList<LiveFile>();
        var result = new ArrayList<List<LiveFile>>();
        for (var file : members) {
            if (file.bytes() < policy.smallBytes()) {
                small.add(file);
            } else if (reachesBehind(file, cutoff)) {
                result.add(List.of(file));
            }
        }
        small.sort(Comparator.comparing(RewritePlan::start));
        var bundle = new ArrayList<LiveFile>();
        long bytes = 0;
        for (var file : small) {
            bundle.add(file);
            bytes += file.bytes();
            if (bytes >= policy.targetBytes()) {
                result.add(List.copyOf(bundle));
                bundle.clear();
                bytes = 0;
            }
        }
        if (bundle.size() >= enough) {
            result.add(List.copyOf(bundle));
        } else {
            bundle.stream()
                    .filter(f -> reachesBehind(f, cutoff))
                    .map(List::of)
                    .forEach(result::add);
        }
        return result;
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
