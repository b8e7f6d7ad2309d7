package io.lakebaseops.lakebase;

import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.ColumnInfo;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequestOnWaitTimeout;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakebase.UnityCatalog.WarehouseQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Queries the account's system tables by a SQL warehouse. Asked of a SQL warehouse that runs
/// already: to start one costs money that nobody approved.
final class SdkWarehouse {
    /// How long one answer may take; after that the statement is looked at again and again.
    private static final String WAIT = "10s";

    private static final Duration TO_CANCEL = Duration.ofSeconds(10);
    private static final Pattern SYSTEM = Pattern.compile("\\bsystem\\.(\\w+)");

    private final SdkCalls calls;

    SdkWarehouse(SdkCalls calls) {
        this.calls = calls;
    }

    Rows ask(WarehouseQuery query, Deadline deadline) {
        var request =
                new ExecuteStatementRequest()
                        .setWarehouseId(running(deadline))
                        .setStatement(query.sql())
                        .setParameters(parameters(query))
                        .setRowLimit((long) query.mostRows())
                        .setWaitTimeout(WAIT)
                        .setOnWaitTimeout(ExecuteStatementRequestOnWaitTimeout.CONTINUE);
        var what = "Query " + query.name();
        var answer =
                calls.call(what, deadline, w -> w.statementExecution().executeStatement(request));
        return rows(query, what, ended(what, answer, deadline), deadline);
    }

    private static List<StatementParameterListItem> parameters(WarehouseQuery query) {
        return query.values().entrySet().stream()
                .map(
                        e ->
                                new StatementParameterListItem()
                                        .setName(e.getKey())
                                        .setValue(e.getValue())
                                        .setType("STRING"))
                .toList();
    }

    /// Waits for its end; one that nobody waits for any more is cancelled, since it costs money.
    private StatementResponse ended(String what, StatementResponse first, Deadline deadline) {
        var id = first.getStatementId();
        var last = new StatementResponse[] {first};
        try {
            Operations.until(
                    what,
                    deadline,
                    () -> {
                        if (last[0] != first || runs(first)) {
                            last[0] =
                                    calls.call(
                                            what,
                                            deadline,
                                            w -> w.statementExecution().getStatement(id));
                        }
                        return !runs(last[0]);
                    });
        } catch (OpsException e) {
            giveUp(id, what, e);
            throw e;
        }
        return last[0];
    }

    private void giveUp(String id, String what, OpsException reason) {
        try {
            calls.call(
                    what,
                    Deadline.in(TO_CANCEL),
                    w -> {
                        w.statementExecution()
                                .cancelExecution(new CancelExecutionRequest().setStatementId(id));
                        return true;
                    });
        } catch (OpsException e) {
            reason.addSuppressed(e);
        }
    }

    private static boolean runs(StatementResponse answer) {
        var state = answer.getStatus() == null ? null : answer.getStatus().getState();
        return state == StatementState.PENDING || state == StatementState.RUNNING;
    }

    private String running(Deadline deadline) {
        var all =
                calls.call(
                        "Listing SQL warehouses",
                        deadline,
                        w -> {
                            var found = new ArrayList<EndpointInfo>();
                            w.warehouses().list(new ListWarehousesRequest()).forEach(found::add);
                            return found;
                        });
        return all.stream()
                .filter(e -> e.getState() == State.RUNNING)
                .map(EndpointInfo::getId)
                .findFirst()
                .orElseThrow(
                        () ->
                                new OpsException(
                                        Kind.UNSUPPORTED,
                                        "Finding a SQL warehouse",
                                        all.isEmpty()
                                                ? "we may use none in this workspace"
                                                : "none of the %d runs".formatted(all.size()),
                                        all.isEmpty()
                                                ? "ask for CAN USE on one"
                                                : "start one and run this again"));
    }

    /// A failed statement comes with HTTP 200.
    private Rows rows(
            WarehouseQuery query, String what, StatementResponse answer, Deadline deadline) {
        var status = answer.getStatus();
        if (status == null || status.getState() != StatementState.SUCCEEDED) {
            throw failure(query, what, answer);
        }
        var result = answer.getResult();
        var data = result == null ? null : result.getDataArray();
        if (data == null || answer.getManifest() == null) {
            return Rows.EMPTY;
        }
        var columns =
                answer.getManifest().getSchema().getColumns().stream()
                        .map(ColumnInfo::getName)
                        .toList();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        data.forEach(cells -> rows.add(row(columns, cells)));
        var next = result.getNextChunkIndex();
        while (next != null) {
            long index = next;
            var chunk =
                    calls.call(
                            what,
                            deadline,
                            w ->
                                    w.statementExecution()
                                            .getStatementResultChunkN(
                                                    answer.getStatementId(), index));
            chunk.getDataArray().forEach(cells -> rows.add(row(columns, cells)));
            next = chunk.getNextChunkIndex();
        }
        return new Rows(rows);
    }

    private static Map<String, @Nullable Object> row(
            List<String> columns, Collection<String> cells) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        var values = cells.iterator();
        columns.forEach(c -> row.put(c, values.next()));
        return row;
    }

    private static OpsException failure(
            WarehouseQuery query, String what, StatementResponse answer) {
        var status = answer.getStatus();
        var error = status == null ? null : status.getError();
        var text = error == null ? "it was cancelled" : String.valueOf(error.getMessage());
        var upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("PERMISSION")) {
            return new OpsException(Kind.DENIED, what, text, grants(query));
        }
        return upper.contains("TABLE_OR_VIEW_NOT_FOUND") || upper.contains("SCHEMA_NOT_FOUND")
                ? new OpsException(
                        Kind.NOT_FOUND, what, text, "an account administrator enables the schema")
                : new OpsException(
                        Kind.UNSUPPORTED, what, text, "run it in a SQL editor to see more");
    }

    private static String grants(WarehouseQuery query) {
        var named = SYSTEM.matcher(query.sql());
        return "ask for USE SCHEMA and SELECT on "
                + (named.find() ? named.group() : "what it reads");
    }
}
