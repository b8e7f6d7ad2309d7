package io.lakebaseops.local.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Call;
import io.lakebaseops.local.api.http.Json;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.Reply;
import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.warehouse.Execution.State;
import io.lakebaseops.local.warehouse.Execution.View;
import io.lakebaseops.local.warehouse.ResultChunks.Chunk;
import io.lakebaseops.local.warehouse.ResultChunks.Format;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The Statement Execution API: submit, poll, fetch chunks, cancel.
final class StatementApi implements AutoCloseable {
    /// Links to chunks lead here; who holds one needs no token.
    static final String LINKS = "/warehouse-results/";

    private static final String PATH = "/api/2.0/sql/statements";
    private static final int AT_ONCE = 4;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LINK_LIFE = Duration.ofMinutes(15);

    private final WarehouseEngine engine;
    private final Warehouses warehouses;
    private final Path results;
    private final Supplier<String> host;
    private final Clock clock;
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofPlatform().daemon().name("local-warehouse-", 0).factory());

    private record Link(String statement, int chunk, Instant expires) {}

    /// @param results directory for chunks, empty at the start
    /// @param host base address of the server
    StatementApi(
            WarehouseEngine engine,
            Warehouses warehouses,
            Path results,
            Supplier<String> host,
            Clock clock) {
        this.engine = engine;
        this.warehouses = warehouses;
        this.results = results;
        this.host = host;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.on("POST", PATH, this::execute);
        router.on("GET", PATH + "/{id}", call -> Reply.ok(show(found(call), 0)));
        router.on("GET", PATH + "/{id}/result/chunks/{n}", this::chunk);
        router.on("POST", PATH + "/{id}/cancel", this::cancel);
        router.on("GET", LINKS + "{secret}", this::linked);
    }

    private Reply execute(Call call) {
        expire();
        StatementRequest request = StatementRequest.of(call.fields());
        warehouses.wake(request.warehouse());
        String id = UUID.randomUUID().toString();
        Execution execution = new Execution(id, request, results.resolve(id), clock);
        executions.put(id, execution);
        threads.execute(() -> execution.run(engine));
        if (!request.patience().isZero()
                && !execution.await(request.patience())
                && request.cancelLate()) {
            execution.cancel();
        }
        if (request.patience().isZero()) {
            return Reply.ok(status(new View(id, State.PENDING, null, null, null, false)));
        }
        return Reply.ok(show(execution, 0));
    }

    private void expire() {
        Instant now = clock.instant();
        links.values().removeIf(l -> l.expires().isBefore(now));
        executions.values().forEach(e -> e.expire(now.minus(KEPT)));
    }

    private Execution found(Call call) {
        expire();
        Execution execution = executions.get(call.var("id"));
        if (execution == null) {
            throw gone(call.var("id"));
        }
        return execution;
    }

    private static Refusal gone(String id) {
        return Refusal.of(
                404, "RESOURCE_DOES_NOT_EXIST", "The statement " + id + " was not found.");
    }

    private Reply cancel(Call call) {
        found(call).cancel();
        return Reply.ok(Json.object());
    }

    private Reply chunk(Call call) {
        Execution execution = found(call);
        View view = execution.view();
        ResultChunks chunks = view.chunks();
        if (view.state() != State.SUCCEEDED || chunks == null) {
            throw Refusal.of(
                    404,
                    "RESOURCE_DOES_NOT_EXIST",
                    "The statement %s has no result: it is %s.".formatted(view.id(), view.state()));
        }
        int index = index(call.var("n"));
        if (index < 0 || index >= chunks.chunks().size()) {
            throw Refusal.invalid("The result has no chunk " + call.var("n"));
        }
        return Reply.ok(result(view, execution.request().external(), chunks, index));
    }

    private static int index(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private ObjectNode show(Execution execution, int first) {
        View view = execution.view();
        ObjectNode node = status(view);
        List<ResultColumn> columns = view.columns();
        ResultChunks chunks = view.chunks();
        if (view.state() == State.SUCCEEDED && columns != null && chunks != null) {
            node.set("manifest", manifest(view, columns, chunks));
            node.set(
                    "result",
                    chunks.chunks().isEmpty()
                            ? Json.object()
                            : result(view, execution.request().external(), chunks, first));
        }
        return node;
    }

    private static ObjectNode status(View view) {
        ObjectNode node = Json.object().put("statement_id", view.id());
        ObjectNode status = node.putObject("status").put("state", view.state().name());
        SqlFailure failure = view.failure();
        if (failure != null) {
            status.putObject("error")
                    .put("error_code", failure.errorCode())
                    .put("message", failure.getMessage());
            status.put("sql_state", failure.sqlState());
        }
        return node;
    }

    private static ObjectNode manifest(View view, List<ResultColumn> columns, ResultChunks chunks) {
        ObjectNode node = Json.object().put("format", chunks.format().name());
        ObjectNode schema = node.putObject("schema").put("column_count", columns.size());
        var list = schema.putArray("columns");
        for (int i = 0; i < columns.size(); i++) {
            list.add(columns.get(i).json(i));
        }
        node.put("total_chunk_count", chunks.chunks().size());
        node.put("total_row_count", chunks.rowCount());
        node.put("total_byte_count", chunks.byteCount());
        node.put("truncated", view.truncated());
        var all = node.putArray("chunks");
        chunks.chunks().forEach(c -> place(all.addObject(), c));
        return node;
    }

    private static ObjectNode place(ObjectNode node, Chunk chunk) {
        return node.put("chunk_index", chunk.index())
                .put("row_offset", chunk.offset())
                .put("row_count", chunk.rows())
                .put("byte_count", chunk.bytes());
    }

    private ObjectNode result(View view, boolean external, ResultChunks chunks, int index) {
        Chunk chunk = chunks.chunks().get(index);
        ObjectNode node = Json.object();
        ObjectNode place = external ? node.putArray("external_links").addObject() : node;
        place(place, chunk);
        if (index + 1 < chunks.chunks().size()) {
            place.put("next_chunk_index", index + 1);
            place.put(
                    "next_chunk_internal_link",
                    "%s/%s/result/chunks/%d".formatted(PATH, view.id(), index + 1));
        }
        if (external) {
            Instant expires = clock.instant().plus(LINK_LIFE);
            String secret = UUID.randomUUID().toString();
            links.put(secret, new Link(view.id(), index, expires));
            place.put("external_link", host.get() + LINKS + secret);
            place.put("expiration", expires.toString());
        } else {
            place.set("data_array", json(chunks.read(index)));
        }
        return node;
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a signed address of an object store: it needs no token, and refuses one.
    private Reply linked(Call call) {
        if (call.authorization() != null) {
            throw Refusal.of(
                    400, "InvalidArgument", "Only one auth mechanism allowed: leave the token out");
        }
        expire();
        Link link = links.get(call.var("secret"));
        Execution execution = link == null ? null : executions.get(link.statement());
        @Nullable ResultChunks chunks = execution == null ? null : execution.view().chunks();
        if (link == null || chunks == null) {
            throw Refusal.of(403, "AccessDenied", "Request has expired");
        }
        String text = chunks.read(link.chunk());
        return chunks.format() == Format.CSV ? Reply.text(text, "text/csv") : Reply.ok(json(text));
    }

    @Override
    public void close() {
        executions.values().forEach(Execution::cancel);
        threads.shutdownNow();
    }
}
