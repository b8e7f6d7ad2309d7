package io.lakebaseops.console;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Compared;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Line;
import io.lakebaseops.agents.provisioning.migration.Hazard;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard.Test;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.Stage;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.State;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch.Locked;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.SchemaDiff;
import io.lakebaseops.trial.Bootstrap;
import io.lakebaseops.trial.LockTrace;
import io.lakebaseops.trial.QueryComparison;
import io.lakebaseops.trial.QueryComparison.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The invented migration of the drawing: nine statements, one of which would lock a table for 9 s.
public final class SampleMigration {
    private static final TestMigrationOnBranch.Input INPUT =
            new TestMigrationOnBranch.Input(
                    221,
                    List.of("/srv/shop/migrations/V42__loyalty_points.sql"),
                    "staging",
                    "production",
                    List.of(),
                    Duration.ofSeconds(1),
                    20);

    private SampleMigration() {}

    public static Test running() {
        var now = FakeShop.NOW;
        return new Test(
                INPUT,
                now.minusSeconds(48),
                List.of(
                        stage(1, State.DONE, 90, "V42__loyalty_points.sql"),
                        stage(2, State.PROVIDED, 0, "number 221, by the caller"),
                        stage(3, State.DONE, 6200, "ci-pr-221, a copy of staging")),
                4,
                now.minusSeconds(34),
                null,
                null);
    }

    public static Test done() {
        var now = FakeShop.NOW;
        var output =
                new TestMigrationOnBranch.Output(
                        221,
                        "ci-pr-221",
                        false,
                        List.of(
                                stage(1, State.DONE, 90, "V42__loyalty_points.sql"),
                                stage(2, State.PROVIDED, 0, "number 221, by the caller"),
                                stage(3, State.DONE, 6200, "ci-pr-221, a copy of staging"),
                                stage(4, State.DONE, 33900, "1 migrations, 9 statements"),
                                stage(5, State.DONE, 300, "9 differences"),
                                stage(
                                        6,
                                        State.FAILED,
                                        321_000,
                                        "shop.order_items locked for 9400 ms by alter table shop.order_items alter column qty type bigint"),
                                stage(7, State.NOT_RUN, 0, "a step before failed"),
                                stage(8, State.NOT_RUN, 0, "a step before failed"),
                                stage(9, State.DONE, 900, "deleted")),
                        List.of(
                                new Hazard(
                                        "REWRITE",
                                        Severity.CRITICAL,
                                        "V42__loyalty_points.sql",
                                        9,
                                        "shop.order_items",
                                        LockLevel.ACCESS_EXCLUSIVE,
                                        6,
                                        45,
                                        207.0,
                                        "writes shop.order_items (0.9 GB) anew under a lock that keeps all readers waiting",
                                        "add a bigint column, fill it in batches, then swap the names")),
                        locks(),
                        List.of(
                                query(
                                        "select sum(qty) from shop.order_items where product_id = $1",
                                        12.4,
                                        19.8,
                                        1.6,
                                        Verdict.SLOWER),
                                query(
                                        "select day, total from shop.v_order_totals where day = $1",
                                        31,
                                        8.2,
                                        0.26,
                                        Verdict.FASTER),
                                query(
                                        "select * from shop.orders where customer_id = $1",
                                        2.1,
                                        2.2,
                                        1.04,
                                        Verdict.SAME)),
                        List.of(compared()));
        return new Test(
                INPUT,
                now.minusSeconds(400),
                output.steps(),
                0,
                now.minusSeconds(10),
                output,
                now.minusSeconds(5));
    }

    private static Stage stage(int number, State state, long millis, String output) {
        return new Stage(
                number,
                MigrationTestStages.NAMES.get(number - 1),
                state,
                Duration.ofMillis(millis),
                output);
    }

    private static QueryComparison query(
            String sql, double before, double after, double ratio, Verdict verdict) {
        return new QueryComparison(
                sql.hashCode(),
                sql,
                4000,
                before,
                after,
                new Bootstrap(ratio, ratio * 0.9, ratio * 1.1),
                verdict,
                null);
    }

    private static List<Locked> locks() {
        var all = new ArrayList<Locked>();
        lock(
                all,
                "create table shop.loyalty_ledger (id bigint primary key, points integer)",
                LockLevel.SHARE_ROW_EXCLUSIVE,
                "shop.loyalty_ledger",
                18,
                null,
                0.1);
        lock(
                all,
                "alter table shop.orders add column loyalty_points integer not null default 0",
                LockLevel.ACCESS_EXCLUSIVE,
                "shop.orders",
                11,
                null,
                0.2);
        lock(
                all,
                "alter table shop.order_items alter column qty type bigint",
                LockLevel.ACCESS_EXCLUSIVE,
                "shop.order_items",
                9400,
                "shop.order_items",
                207.0);
        lock(
                all,
                "alter table shop.payments add constraint payments_amount_check check (amount > 0) not valid",
                LockLevel.ACCESS_EXCLUSIVE,
                "shop.payments",
                6,
                null,
                0.1);
        lock(
                all,
                "alter table shop.payments validate constraint payments_amount_check",
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                "shop.payments",
                1900,
                null,
                0.0);
        lock(
                all,
                "alter table shop.customers drop column fax",
                LockLevel.ACCESS_EXCLUSIVE,
                "shop.customers",
                7,
                null,
                0.3);
        lock(
                all,
                "alter type shop.order_status add value 'refunded'",
                LockLevel.NONE,
                null,
                3,
                null,
                null);
        lock(
                all,
                "create index concurrently orders_loyalty_idx on shop.orders (loyalty_points)",
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                "shop.orders",
                22_500,
                null,
                0.0);
        return all;
    }

    private static void lock(
            List<Locked> all,
            String sql,
            LockLevel level,
            @Nullable String on,
            long millis,
            @Nullable String rewrote,
            @Nullable Double waiting) {
        all.add(
                new Locked(
                        new LockTrace(
                                sql,
                                level,
                                on,
                                List.of(),
                                rewrote == null ? List.of() : List.of(rewrote),
                                List.of(),
                                List.of(),
                                Duration.ofMillis(millis),
                                false),
                        waiting));
    }

    public static CaptureSchemaDiff.Output diff() {
        return new CaptureSchemaDiff.Output(
                "staging", "ci-pr-221", false, List.of(compared()), List.of(), List.of());
    }

    private static Compared compared() {
        return new Compared(
                "shop",
                false,
                31,
                List.of(
                        added("table", "table shop.loyalty_ledger"),
                        added("column", "column shop.orders.loyalty_points"),
                        added("index", "index shop.orders.orders_loyalty_idx"),
                        new SchemaDiff.Line(
                                "altered",
                                "column",
                                "column shop.order_items.qty",
                                List.of(new SchemaDiff.FacetChange("type", "integer", "bigint"))),
                        added("constraint", "constraint shop.payments.payments_amount_check"),
                        new SchemaDiff.Line(
                                "removed", "column", "column shop.customers.fax", List.of()),
                        added("column", "column shop.customers.phone_2"),
                        new SchemaDiff.Line(
                                "altered",
                                "type",
                                "type shop.order_status",
                                List.of(
                                        new SchemaDiff.FacetChange(
                                                "labels",
                                                "new, paid, shipped",
                                                "new, paid, shipped, refunded")))),
                "text",
                List.of(),
                false,
                List.of(
                        line(
                                "table shop.loyalty_ledger",
                                "create table shop.loyalty_ledger (\n  id bigint primary key,\n  points integer\n)",
                                Mark.SAFE),
                        line(
                                "column shop.orders.loyalty_points",
                                "alter table shop.orders add column loyalty_points integer not null default 0",
                                Mark.SAFE),
                        line(
                                "column shop.order_items.qty",
                                "alter table shop.order_items alter column qty type bigint",
                                Mark.SAFE,
                                "writes the table anew under ACCESS EXCLUSIVE"),
                        line(
                                "constraint shop.payments.payments_amount_check",
                                "alter table shop.payments add constraint payments_amount_check check (amount > 0)",
                                Mark.SAFE),
                        line(
                                "type shop.order_status",
                                "alter type shop.order_status add value 'refunded'",
                                Mark.SAFE),
                        line(
                                "index shop.orders.orders_loyalty_idx",
                                "create index concurrently orders_loyalty_idx on shop.orders (loyalty_points)",
                                Mark.SAFE),
                        line(
                                "column shop.customers.fax",
                                "alter table shop.customers drop column fax",
                                Mark.LOSSY,
                                "its values are gone"),
                        line(
                                "column shop.customers.phone_2",
                                null,
                                Mark.NOT_DERIVABLE,
                                "it may be fax under another name")));
    }

    private static SchemaDiff.Line added(String kind, String object) {
        return new SchemaDiff.Line("added", kind, object, List.of());
    }

    private static Line line(String subject, @Nullable String sql, Mark mark, String... hazards) {
        return new Line(subject, sql, mark, List.of(hazards), 1);
    }
}
