package io.lakebaseops.local.warehouse;

import io.lakebaseops.local.api.http.Router;
import io.lakebaseops.local.billing.UsageFiles;
import io.lakebaseops.local.compute.files.FileTree;
import io.lakebaseops.platform.OwnerOnly;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The SQL warehouse stand-in: warehouses, statements and the engine behind them.
public final class SqlWarehouse implements AutoCloseable {
    private final WarehouseEngine engine;
    private final Warehouses warehouses;
    private final StatementApi statements;

    /// @param home directory of the server
    /// @param lake Delta tables it shows as `ops_catalog`; null = none
    /// @param catchUp bills what is due, before usage is looked at
    /// @param billingVisible whether the caller may read `system.billing`
    /// @param host base address of the server, for links to results
    public SqlWarehouse(
            Path home,
            UsageFiles usage,
            @Nullable Path lake,
            Runnable catchUp,
            BooleanSupplier billingVisible,
            Supplier<String> host,
            String user,
            Clock clock) {
        Path results = home.resolve("warehouse");
        try {
            FileTree.delete(results);
            OwnerOnly.makeFolder(results);
        } catch (IOException e) {
            throw new UncheckedIOException("no place for results in " + home, e);
        }
        WarehouseTables tables = new WarehouseTables(home, usage, lake, catchUp);
        this.engine = new WarehouseEngine(tables, billingVisible);
        this.warehouses = new Warehouses(user);
        this.statements = new StatementApi(engine, warehouses, results, host, clock);
    }

    public void addTo(Router router) {
        warehouses.addTo(router);
        statements.addTo(router);
    }

    @Override
    public void close() {
        statements.close();
        engine.close();
    }
}
