package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.work.TaskExecutor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The agents on duty: lets each hear the events and act, and says how each is doing.
public final class AgentSupervisor implements AutoCloseable {
    private final List<Agent> agents;
    private final AgentFramework framework;
    private final EventBus bus;
    private final JobScheduler jobs;
    private final TaskExecutor room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> paused = new HashSet<>();

    /// Calls under way; true when the same was asked for again meanwhile.
    private final Map<Doing, Boolean> doing = new HashMap<>();

    private List<EventBus.Subscription> subscriptions = List.of();

    public AgentSupervisor(
            List<Agent> agents,
            AgentFramework framework,
            EventBus bus,
            JobScheduler jobs,
            TaskExecutor room) {
        this.agents = List.copyOf(agents);
        this.framework = framework;
        this.bus = bus;
        this.jobs = jobs;
        this.room = room;
    }

    public void start() {
        subscriptions = agents.stream().map(a -> bus.subscribe(a.name(), e -> hear(a, e))).toList();
    }

    private record Doing(String agent, EventTrigger.Call call) {}

    private void hear(Agent agent, OpsEvent event) {
        if (isPaused(agent.name())) {
            return;
        }
        agent.answers(event).forEach(call -> act(new Doing(agent.name(), call), event));
    }

    /// Ten vacuums on one target ask for the same measurement ten times; one after the last is what
    /// they need.
    private void act(Doing what, OpsEvent event) {
        lock.lock();
        try {
            if (doing.computeIfPresent(what, (_, _) -> true) != null) {
                return;
            }
            doing.put(what, false);
        } finally {
            lock.unlock();
        }
        room.launch(
                what.agent() + " on " + event.getClass().getSimpleName(),
                () -> runUntilQuiet(what));
    }

    private void runUntilQuiet(Doing what) {
        var call = what.call();
        boolean finished = false;
        try {
            while (!finished) {
                framework.run(call.tool(), call.input(), call.target(), Actor.agent(what.agent()));
                finished = !askedAgain(what);
            }
        } finally {
            if (!finished) {
                forget(what);
            }
        }
    }

    private boolean askedAgain(Doing what) {
        lock.lock();
        try {
            if (doing.getOrDefault(what, false)) {
                doing.put(what, false);
                return true;
            }
            doing.remove(what);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Doing what) {
        lock.lock();
        try {
            doing.remove(what);
        } finally {
            lock.unlock();
        }
    }

    /// A paused agent does not react to events; its jobs are paused one by one.
    public void pause(String agent, boolean value) {
        lock.lock();
        try {
            if (value) {
                paused.add(agent);
            } else {
                paused.remove(agent);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isPaused(String agent) {
        lock.lock();
        try {
            return paused.contains(agent);
        } finally {
            lock.unlock();
        }
    }

    /// How is each agent doing? From memory only, so any thread may ask.
    public List<Status> status() {
        var reports = framework.recent(Integer.MAX_VALUE);
        var cycles = jobs.jobs();
        return agents.stream().map(a -> status(a, reports, cycles)).toList();
    }

    private Status status(
            Agent agent, List<ToolReport> reports, List<JobScheduler.JobStatus> cycles) {
        var mine =
                cycles.stream()
                        .filter(c -> c.definition().tools().stream().anyMatch(agent::has))
                        .toList();
        var next =
                mine.stream()
                        .map(JobScheduler.JobStatus::next)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder());
        boolean busy = mine.stream().anyMatch(c -> c.running() != null) || acting(agent.name());
        var state = isPaused(agent.name()) ? State.PAUSED : busy ? State.WORKING : State.IDLE;
        return new Status(
                agent,
                state,
                reports.stream().filter(r -> agent.has(r.tool())).findFirst().orElse(null),
                next.orElse(null));
    }

    private boolean acting(String agent) {
        lock.lock();
        try {
            return doing.keySet().stream().anyMatch(d -> d.agent().equals(agent));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        subscriptions.forEach(EventBus.Subscription::close);
    }

    public enum State {
        IDLE,
        WORKING,
        PAUSED
    }

    /// @param last its latest run of any tool; null when there was none
    /// @param next when its next job is due; null when none is scheduled
    public record Status(
            Agent agent, State state, @Nullable ToolReport last, @Nullable Instant next) {}
}
