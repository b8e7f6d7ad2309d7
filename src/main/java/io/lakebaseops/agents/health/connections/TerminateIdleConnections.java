package io.lakebaseops.agents.health.connections;

import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Ends sessions that have idled too long. They are looked at again in the very
/// statement that ends each; sessions with an open transaction are a plan of their own.
public final class TerminateIdleConnections
        implements ChangeTool<TerminateIdleConnections.Input, TerminateIdleConnections.Output> {
    private final Targets targets;
    private final IdleSessions sessions;

    public TerminateIdleConnections(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sessions = new IdleSessions(sql);
    }

    public record Input(
            @Doc(value = "End sessions idle for this many minutes", defaultValue = "30")
                    int idleMinutes,
            @Doc(value = "The same for sessions idle inside a transaction", defaultValue = "60")
                    int idleInTransactionMinutes,
            @Doc(value = "Users or applications to spare", defaultValue = "[]") List<String> except,
            @Doc(
                            value =
                                    "Only show who would be ended and who is spared, and why; file nothing",
                            defaultValue = "false")
                    boolean dryRun,
            @Doc("Only the session with this process id, however short it idles")
                    @Nullable Integer pid) {
        public Input {
            except = List.copyOf(except);
        }
    }

    /// @param toEnd sessions the plans would end
    public record Output(int toEnd, int spared, List<IdleSessions.Fate> sessions) {
        public Output {
            sessions = List.copyOf(sessions);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        TerminateIdleConnections.class,
                        "Ends sessions that idle too long, sparing superusers, replication, poolers, holders of locks, LISTEN or cursors and our"
                                + " own",
                        "C.connections")
                .within(Duration.ofMinutes(1));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var wish =
                new IdleSessions.Wish(
                        "terminate_idle_connections",
                        input.pid() != null
                                ? Duration.ZERO
                                : Duration.ofMinutes(input.idleMinutes()),
                        input.pid() != null
                                ? Duration.ZERO
                                : Duration.ofMinutes(input.idleInTransactionMinutes()),
                        Set.copyOf(input.except()),
                        null,
                        input.pid());
        try (var session = targets.read(context.target(), context.deadline())) {
            var choice = sessions.choose(session, wish, context);
            int ended = (int) choice.fates().stream().filter(f -> f.reason() == null).count();
            var output = new Output(ended, choice.fates().size() - ended, choice.fates());
            var caveats = new ArrayList<String>();
            if (ended > 0) {
                caveats.add(
                        "a LISTEN or a WITH HOLD cursor shows only in a session's last statement and in"
                                + " pg_stat_statements: one made otherwise cannot be seen from outside");
            }
            if (!choice.mayEndOthers()) {
                caveats.add(
                        "without pg_signal_backend only sessions of roles this login belongs to can be"
                                + " ended");
            }
            if (input.dryRun()) {
                caveats.add("dry run: nothing was filed");
            }
            return new Proposal<>(
                    new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                    input.dryRun() ? List.of() : choice.plans());
        }
    }
}
