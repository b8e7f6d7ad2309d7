package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.work.TaskExecutor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The agents on duty: lets each hear the events and act.
public final class AgentSupervisor implements AutoCloseable {
    private final List<Agent> agents;
    private final AgentFramework framework;
    private final EventBus bus;
    private final TaskExecutor room;
    private final ReentrantLock lock = new ReentrantLock();

    /// Calls under way; true when the same was asked for again meanwhile.
    private final Map<Doing, Boolean> doing = new HashMap<>();

    private List<EventBus.Subscription> subscriptions = List.of();

    public AgentSupervisor(
            List<Agent> agents, AgentFramework framework, EventBus bus, TaskExecutor room) {
        this.agents = List.copyOf(agents);
        this.framework = framework;
        this.bus = bus;
        this.room = room;
    }

    public void start() {
        subscriptions = agents.stream().map(a -> bus.subscribe(a.name(), e -> hear(a, e))).toList();
    }

    private record Doing(String agent, EventTrigger.Call call) {}

    private void hear(Agent agent, OpsEvent event) {
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

    @Override
    public void close() {
        subscriptions.forEach(EventBus.Subscription::close);
    }
}
