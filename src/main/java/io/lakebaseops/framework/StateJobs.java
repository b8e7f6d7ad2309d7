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
    private final String person;
    private final String runner;
    private final Map<String, String> ownTurns;

    /// @param runner names this process for people: user and host
    /// @param ownTurns jobs about something that only some of the consoles share, with a name for
    ///     it: each of those has turns of its own
    public StateJobs(JobRunStore store, String runner, Map<String, String> ownTurns) {
        this.store = store;
        this.person = runner;
        this.runner = runner + " pid " + ProcessHandle.current().pid();
        this.ownTurns = Map.copyOf(ownTurns);
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
        served.keySet().removeAll(ownTurns.keySet());
        for (var job : ownTurns.keySet()) {
            var at = served.remove(turn(job));
            if (at != null) {
                served.put(job, at);
            }
        }
        return served;
    }

    @Override
    public Optional<Lease> take(String job, @Nullable Instant fire) {
        return store.take(turn(job), fire).map(lease -> lease::close);
    }

    private String turn(String job) {
        var own = ownTurns.get(job);
        return own == null ? job : "%s of %s in %s".formatted(job, person, own);
    }
}
