package io.lakebaseops.local.api.work;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Fault;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.OperationFate;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.OperationRow;
import io.lakebaseops.local.api.state.State;
import io.lakebaseops.local.api.state.Workspace;
import io.lakebaseops.local.compute.server.ComputeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs long-running operations in the background and keeps their outcome. The reply names an
/// operation that is not done; the work runs on the lanes of its resources; the end, good or bad,
/// is kept for whoever asks.
public final class OperationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
    private static final int KEPT = 500;

    private final Workspace workspace;
    private final SerialExecutors lanes;
    private final OperationDelay pace;
    private final Clock clock;

    public OperationRunner(
            Workspace workspace, SerialExecutors lanes, OperationDelay pace, Clock clock) {
        this.workspace = workspace;
        this.lanes = lanes;
        this.pace = pace;
        this.clock = clock;
    }

    /// @param reserve runs at once, in the request: refuses, or notes what is being made
    /// @param work the real thing; may refuse too, as the world may have changed since
    /// @param undo removes what a failed `work` left behind
    /// @param result what the operation answers at its end
    public record Job(
            OperationRow.Verb verb,
            OperationRow.Thing thing,
            String target,
            List<String> lanes,
            Consumer<State> reserve,
            Runnable work,
            Runnable undo,
            Supplier<ObjectNode> result) {
        public Job {
            lanes = List.copyOf(lanes);
        }
    }

    public Reply start(Job job) {
        Fault.Outcome fate = OperationFate.current();
        OperationRow row =
                new OperationRow(
                        Names.operation(job.target),
                        job.verb,
                        job.thing,
                        job.target,
                        clock.instant(),
                        false,
                        null,
                        null);
        workspace.alter(
                state -> {
                    job.reserve.accept(state);
                    state.operations().put(row.name(), row);
                    prune(state);
                });
        lanes.submit(job.lanes, () -> run(job, row, fate));
        return Reply.ok(view(row));
    }

    /// A change of one row: tried in the request, so that it is refused at once, and made in the
    /// operation, as others may come in between.
    public <T> Reply change(
            OperationRow.Verb verb,
            OperationRow.Thing thing,
            String target,
            String lane,
            Function<State, T> next,
            BiConsumer<State, T> put,
            Runnable after,
            Supplier<ObjectNode> result) {
        return start(
                new Job(
                        verb,
                        thing,
                        target,
                        List.of(lane),
                        state -> Objects.requireNonNull(next.apply(state)),
                        () -> {
                            workspace.alter(state -> put.accept(state, next.apply(state)));
                            after.run();
                        },
                        () -> {},
                        result));
    }

    public void addTo(Router router) {
        String project = "/api/2.0/postgres/projects/{p}";
        String branch = project + "/branches/{b}";
        for (String parent :
                List.of(
                        project,
                        branch,
                        branch + "/endpoints/{x}",
                        branch + "/roles/{x}",
                        branch + "/databases/{x}",
                        "/api/2.0/postgres/catalogs/{x}")) {
            router.on("GET", parent + "/operations/{o}", call -> Reply.ok(get(call.path())));
        }
    }

    private ObjectNode get(String path) {
        String name = path.substring("/api/2.0/postgres/".length());
        OperationRow row = workspace.read(s -> s.operations().get(name));
        if (row == null) {
            throw Refusal.missing("operation");
        }
        return view(row);
    }

    /// The boundary of an operation's thread: every failure becomes the operation's error.
    private void run(Job job, OperationRow row, Fault.Outcome fate) {
        long begin = System.nanoTime();
        try {
            switch (fate) {
                case HANG -> {
                    return;
                }
                case FAIL -> {
                    OperationDelay.restOf(pace.operation(), begin);
                    throw Refusal.of(500, "INTERNAL_ERROR", "injected operation failure");
                }
                case NORMAL -> job.work.run();
            }
            OperationDelay.restOf(pace.operation(), begin);
            ObjectNode result = job.result.get();
            workspace.alter(s -> s.operations().put(row.name(), row.succeeded(result)));
        } catch (RuntimeException e) {
            fail(job, row, e);
        }
    }

    private void fail(Job job, OperationRow row, RuntimeException cause) {
        if (workspace.frozen()) {
            LOG.debug("{} {} was cut off; the next start ends it", job.verb, job.target, cause);
            return;
        }
        Refusal refusal = refusal(cause);
        // A refusal is the caller's affair; the trace of anything else is worth keeping.
        Throwable trace = refusal.status() < 500 ? null : cause;
        LOG.warn("{} {} failed: {}", job.verb, job.target, refusal.getMessage(), trace);
        try {
            job.undo.run();
            workspace.alter(s -> s.operations().put(row.name(), row.failed(refusal.body())));
        } catch (RuntimeException e) {
            LOG.warn("{} could not be recorded as failed", row.name(), e);
        }
    }

    private static Refusal refusal(RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case Refusal refusal -> refusal;
            // What PostgreSQL itself refuses is the caller's affair: a name taken, a role in use.
            case ComputeException e when e.sqlState() != null -> Refusal.badRequest(message);
            default -> Refusal.of(500, "INTERNAL_ERROR", message);
        };
    }

    private static void prune(State state) {
        var rows = state.operations().values();
        rows.stream()
                .filter(OperationRow::done)
                .limit(Math.max(0, rows.size() - KEPT))
                .toList()
                .forEach(old -> state.operations().remove(old.name()));
    }

    private static ObjectNode view(OperationRow row) {
        ObjectNode view = Json.object().put("name", row.name()).put("done", row.done());
        view.putObject("metadata")
                .put(
                        "@type",
                        "type.googleapis.com/databricks.postgres.v1."
                                + row.thing().typeName()
                                + "OperationMetadata");
        if (row.response() != null) {
            view.set("response", row.response());
        }
        if (row.error() != null) {
            view.set("error", row.error());
        }
        return view;
    }

    /// What a delete answers at its end.
    public static ObjectNode nothing() {
        return Json.object().put("@type", "type.googleapis.com/google.protobuf.Empty");
    }
}
