package io.lakebaseops.app.past;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    private static final Map<String, Map<String, Double>> WAITS =
            Map.of(
                    "reading", Map.of("IO/DataFileRead", 0.06),
                    "writing",
                            Map.of(
                                    "IO/WALSync", 0.25,
                                    "LWLock/WALWrite", 0.08,
                                    "IO/DataFileRead", 0.03),
                    "spilling",
                            Map.of(
                                    "IO/BufFileWrite", 0.14,
                                    "IO/BufFileRead", 0.08,
                                    "IO/DataFileRead", 0.12),
                    "locking", Map.of("Lock/transactionid", 0.62, "Lock/tuple", 0.37));

    private static final String REPORTING = "reporting";

    static final List<StatementProfile> ALL =
            """
            name            application       per_s millis deviat rows  hit read temp    wal waits
            product_page    storefront-web       12   0.11   0.04    1    9    0    0     20 reading
            also_bought     storefront-web        6   0.32   0.28   20   72    3    0      0 reading
            my_orders       storefront-web        6   0.10   0.05    4    6  0.2    0      0 reading
            order_page      storefront-web        6   0.09   0.03    2    6  0.8    0      0 reading
            page_view       storefront-web        6   0.07   0.02    1    4    0    0    165 writing
            login           storefront-web        2    4.1    1.0    1  618    0    0      0 reading
            place_order     storefront-web        2   0.23   0.07    1   16  0.5    0    416 writing
            add_item        storefront-web        4   0.13   0.12    1   20  0.4    0    431 writing
            pay             storefront-web        2   0.07   0.06    1   11  0.1    0    235 writing
            ship            storefront-web        2   0.07   0.06    1   11  0.1    0    154 writing
            count_stock     storefront-worker     1    2.4    0.6  280 2574    1    0 194450 writing
            close_order     storefront-worker     1   0.05   0.03    0    3    0    0     20 writing
            change_price    storefront-worker  0.05   2800   2300    1   12    0    0    260 locking
            trim_events     storefront-worker   0.1    1.1    0.6    4   30    0    0    240 writing
            revenue_per_day reporting          0.05     52     15   31 1683    2    0      0 reading
            best_items      reporting          0.05    114     12   20 2580  180 2787      0 spilling
            stock_movements reporting           0.1    5.4    1.6    1 1345   20    0      0 reading
            """
                    .lines()
                    .skip(1)
                    .map(StatementProfile::line)
                    .toList();

    StatementProfile {
        waits = Map.copyOf(waits);
    }

    private static StatementProfile line(String line) {
        var cells = line.split(" +");
        var n = Arrays.stream(cells, 2, 10).mapToDouble(Double::parseDouble).toArray();
        return new StatementProfile(
                cells[0],
                cells[1],
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                Objects.requireNonNull(WAITS.get(cells[10])),
                cells[1].equals(REPORTING));
    }

    /// Reports come at their own pace; visitors and the staff have days and nights.
    boolean followsLoad() {
        return !application.equals(REPORTING);
    }
}
