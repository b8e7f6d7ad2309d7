package io.lakebaseops.lakebase;

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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Queries the account's system tables by a SQL warehouse. Asked of a SQL warehouse that runs
/// already: to start one costs money that nobody approved.
final class SdkWarehouse {
    private static final long MOST_ROWS = 200;

    /// The longest the service takes; after that the statement is cancelled.
    private static final String WAIT = "50s";

    private final SdkCalls calls;

    SdkWarehouse(SdkCalls calls) {
        this.calls = calls;
    }

    Rows ask(WarehouseQuery query, Deadline deadline) {
        var warehouse = running(deadline);
        var request =
                new ExecuteStatementRequest()
                        .setWarehouseId(warehouse)
                        .setStatement(query.sql())
                        .setParameters(
                                query.values().entrySet().stream()
                                        .map(
                                                e ->
                                                        new StatementParameterListItem()
                                                                .setName(e.getKey())
                                                                .setValue(e.getValue())
                                                                .setType("STRING"))
                                        .toList())
                        .setRowLimit(MOST_ROWS)
                        .setWaitTimeout(WAIT)
                        .setOnWaitTimeout(ExecuteStatementRequestOnWaitTimeout.CANCEL);
        var what = "Query " + query.name();
        var answer =
                calls.call(what, deadline, w -> w.statementExecution().executeStatement(request));
        return rows(what, answer);
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
    private static Rows rows(String what, StatementResponse answer) {
        var status = answer.getStatus();
        if (status == null || status.getState() != StatementState.SUCCEEDED) {
            throw failure(what, answer);
        }
        var data = answer.getResult() == null ? null : answer.getResult().getDataArray();
        if (data == null || answer.getManifest() == null) {
            return Rows.EMPTY;
        }
        var columns =
                answer.getManifest().getSchema().getColumns().stream()
                        .map(ColumnInfo::getName)
                        .toList();
        return new Rows(data.stream().map(cells -> row(columns, cells)).toList());
    }

    private static Map<String, @Nullable Object> row(
            List<String> columns, Collection<String> cells) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        var values = cells.iterator();
        columns.forEach(c -> row.put(c, values.next()));
        return row;
    }

    private static OpsException failure(String what, StatementResponse answer) {
        var status = answer.getStatus();
        var error = status == null ? null : status.getError();
        var text = error == null ? "it did not end within " + WAIT : error.getMessage();
        boolean denied = String.valueOf(text).toUpperCase(Locale.ROOT).contains("PERMISSION");
        return new OpsException(
                denied ? Kind.DENIED : Kind.UNSUPPORTED,
                what,
                String.valueOf(text),
                denied
                        ? "ask for USE SCHEMA and SELECT on system.access"
                        : "run it in a SQL editor to see more");
    }
}
