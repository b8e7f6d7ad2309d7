package io.lakebaseops.framework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.state.JobRunStore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The job store on the state database.
public final class StateJobs implements JobStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    private final JobRunStore store;
    private final String runner;

    /// @param runner names this process for people: user and host
    public StateJobs(JobRunStore store, String runner) {
        this.store = store;
        this.runner = runner + " pid " + ProcessHandle.current().pid();
    }

    @Override
    public void save(JobRun run) {
        store.put(
                new JobRunStore.JobRow(
                        run.id(),
                        run.job(),
                        run.trigger(),
                        run.state().name(),
                        run.startedAt(),
                        run.endedAt(),
                        runner,
                        OutputJson.tree(run.log()).toString()));
    }

    @Override
    public List<JobRun> recent(@Nullable String job, int limit) {
        return store.recent(job, limit).stream().map(StateJobs::run).toList();
    }

    private static JobRun run(JobRunStore.JobRow row) {
        return new JobRun(
                row.id(),
                row.job(),
                row.trigger(),
                JobRunState.valueOf(row.state()),
                row.startedAt(),
                row.endedAt(),
                lines(row.log()));
    }

    private static List<String> lines(String json) {
        try {
            return JSON.readValue(json, LINES);
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL, "Read a job's log", e.getOriginalMessage(), "", e);
        }
    }

    @Override
    public Set<String> paused() {
        return store.schedule().stream()
                .filter(JobRunStore.ScheduleRow::paused)
                .map(JobRunStore.ScheduleRow::job)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void pause(String job, boolean paused) {
        store.pause(job, paused, runner);
    }

    @Override
    public Map<String, Instant> served() {
        var served = new HashMap<String, Instant>();
        for (var row : store.schedule()) {
            var at = row.served();
            if (at != null) {
                served.put(row.job(), at);
            }
        }
        return served;
    }

    @Override
    public Optional<Lease> take(String job, @Nullable Instant fire) {
        return store.take(job, fire).map(lease -> lease::close);
    }
}
