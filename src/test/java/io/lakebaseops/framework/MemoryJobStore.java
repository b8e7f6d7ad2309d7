package io.lakebaseops.framework;

import io.lakebaseops.framework.JobScheduler.JobRun;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A job store of several consoles in one process.
public final class MemoryJobStore implements JobStore {
    private final Map<UUID, JobRun> runs = new LinkedHashMap<>();
    private final Map<String, Instant> served = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> paused = new HashSet<>();

    synchronized void clear() {
        runs.clear();
    }

    @Override
    public synchronized void save(JobRun run) {
        runs.put(run.id(), run);
    }

    @Override
    public synchronized List<JobRun> recent(@Nullable String job, int limit) {
        return runs.values().stream()
                .filter(r -> job == null || r.job().equals(job))
                .sorted(Comparator.comparing(JobRun::startedAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Set<String> paused() {
        return Set.copyOf(paused);
    }

    @Override
    public synchronized void pause(String job, boolean value) {
        if (value) {
            paused.add(job);
        } else {
            paused.remove(job);
        }
    }

    @Override
    public synchronized Map<String, Instant> served() {
        return Map.copyOf(served);
    }

    @Override
    public synchronized Optional<Lease> take(String job, @Nullable Instant fire) {
        if (held.contains(job)
                || (fire != null && !served.getOrDefault(job, Instant.MIN).isBefore(fire))) {
            return Optional.empty();
        }
        if (fire != null) {
            served.put(job, fire);
        }
        held.add(job);
        return Optional.of(() -> release(job));
    }

    private synchronized void release(String job) {
        held.remove(job);
    }
}
