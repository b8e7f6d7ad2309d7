package io.lakebaseops.app.past;

import java.util.List;
import java.util.Map;

/// What one statement of the demo's workload costs, as measured on a small machine: the generated
/// past is made of it, so that what is measured later goes on where it ends.
///
/// @param name as in the workload
/// @param perSecond calls at a load of 1
/// @param deviation of single calls, ms
/// @param rows per call, as are the blocks, the temporary blocks and the bytes of WAL
/// @param waits shares of its time by event, `type/event`; the rest is CPU
/// @param grows its time follows the size of the shop
record StatementProfile(
        String name,
        String application,
        double perSecond,
        double millis,
        double deviation,
        double rows,
        double hit,
        double read,
        double temp,
        double wal,
        Map<String, Double> waits,
        boolean grows) {
    private static final String WEB = "storefront-web";
    private static final String WORKER = "storefront-worker";
    private static final String REPORTING = "reporting";

    private static final Map<String, Double> READING = Map.of("IO/DataFileRead", 0.06);
    private static final Map<String, Double> WRITING =
            Map.of("IO/WALSync", 0.25, "LWLock/WALWrite", 0.08, "IO/DataFileRead", 0.03);
    private static final Map<String, Double> SPILLING =
            Map.of("IO/BufFileWrite", 0.14, "IO/BufFileRead", 0.08, "IO/DataFileRead", 0.12);

    static final List<StatementProfile> ALL =
            List.of(
                    web("product_page", 12, 0.11, 0.04, 1, 9, 0, 20, READING),
                    web("also_bought", 6, 0.32, 0.28, 20, 72, 3, 0, READING),
                    web("my_orders", 6, 0.10, 0.05, 4, 6, 0.2, 0, READING),
                    web("order_page", 6, 0.09, 0.03, 2, 6, 0.8, 0, READING),
                    web("page_view", 6, 0.07, 0.02, 1, 4, 0, 165, WRITING),
                    web("login", 2, 4.1, 1.0, 1, 618, 0, 0, READING),
                    web("place_order", 2, 0.23, 0.07, 1, 16, 0.5, 416, WRITING),
                    web("add_item", 4, 0.13, 0.12, 1, 20, 0.4, 431, WRITING),
                    web("pay", 2, 0.07, 0.06, 1, 11, 0.1, 235, WRITING),
                    web("ship", 2, 0.07, 0.06, 1, 11, 0.1, 154, WRITING),
                    other("count_stock", WORKER, 1, 2.4, 0.6, 280, 2574, 1, 0, 194_450, WRITING),
                    other("close_order", WORKER, 1, 0.05, 0.03, 0, 3, 0, 0, 20, WRITING),
                    other(
                            "change_price",
                            WORKER,
                            0.05,
                            2800,
                            2300,
                            1,
                            12,
                            0,
                            0,
                            260,
                            Map.of("Lock/transactionid", 0.62, "Lock/tuple", 0.37)),
                    other("trim_events", WORKER, 0.1, 1.1, 0.6, 4, 30, 0, 0, 240, WRITING),
                    report("revenue_per_day", 0.05, 52, 15, 31, 1683, 2, 0, READING),
                    report("best_items", 0.05, 114, 12, 20, 2580, 180, 2787, SPILLING),
                    report("stock_movements", 0.1, 5.4, 1.6, 1, 1345, 20, 0, READING));

    StatementProfile {
        waits = Map.copyOf(waits);
    }

    private static StatementProfile web(
            String name,
            double perSecond,
            double millis,
            double deviation,
            double rows,
            double hit,
            double read,
            double wal,
            Map<String, Double> waits) {
        return new StatementProfile(
                name, WEB, perSecond, millis, deviation, rows, hit, read, 0, wal, waits, false);
    }

    private static StatementProfile report(
            String name,
            double perSecond,
            double millis,
            double deviation,
            double rows,
            double hit,
            double read,
            double temp,
            Map<String, Double> waits) {
        return new StatementProfile(
                name, REPORTING, perSecond, millis, deviation, rows, hit, read, temp, 0, waits,
                true);
    }

    private static StatementProfile other(
            String name,
            String application,
            double perSecond,
            double millis,
            double deviation,
            double rows,
            double hit,
            double read,
            double temp,
            double wal,
            Map<String, Double> waits) {
        return new StatementProfile(
                name,
                application,
                perSecond,
                millis,
                deviation,
                rows,
                hit,
                read,
                temp,
                wal,
                waits,
                false);
    }

    /// Reports come at their own pace; visitors and the staff have days and nights.
    boolean followsLoad() {
        return !application.equals(REPORTING);
    }
}
