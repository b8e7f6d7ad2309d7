package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.provisioning.migration.Traffic.Rate;
import io.lakebaseops.agents.provisioning.migration.Traffic.Served;
import io.lakebaseops.domain.plan.LockLevel;

import org.junit.jupiter.api.Test;

import java.util.List;

final class TrafficTest {
    private static final TableSize ORDERS = table("shop", "orders");
    private static final TableSize OLD = table("old", "orders");
    private static final TableSize ITEMS = table("shop", "Order Items");

    private static TableSize table(String schema, String name) {
        return new TableSize(
                schema, name, 1, 1, 1, 1, List.of(), List.of(), List.of(), false, false, true, null,
                null);
    }

    private static Traffic of(Served... served) {
        return Traffic.of(List.of(served), List.of(ORDERS, OLD, ITEMS));
    }

    @Test
    void aStatementCountsOnceForEachTableItNames() {
        var traffic =
                of(
                        new Served("select 1 from shop.orders a join shop.orders b on true", 3),
                        new Served(
                                "SELECT 1 FROM Shop.Orders JOIN shop.\"Order Items\" USING (i)", 2),
                        new Served("insert into shop.orders select * from old.orders", 0.5),
                        new Served("select orders from elsewhere", 100),
                        new Served("select 1 from order_items, orders_archive", 100));
        assertThat(traffic.rate(ORDERS)).isEqualTo(new Rate(5, 0.5));
        assertThat(traffic.rate(OLD)).isEqualTo(new Rate(0.5, 0));
        assertThat(traffic.rate(ITEMS)).isEqualTo(new Rate(2, 0));
    }

    @Test
    void normalisedConstantsInPlacesOfStringsAreRead() {
        var traffic =
                of(
                        new Served("select 1 from shop.orders where at > now() - interval $1", 2),
                        new Served("vacuum shop.orders", 7));
        assertThat(traffic.rate(ORDERS)).isEqualTo(new Rate(2, 0));
    }

    @Test
    void aBareNameMeansEveryTableSoCalled() {
        var traffic = of(new Served("update orders set a = $1", 4));
        assertThat(traffic.rate(ORDERS)).isEqualTo(new Rate(0, 4));
        assertThat(traffic.rate(OLD)).isEqualTo(new Rate(0, 4));
        assertThat(traffic.rate(ITEMS)).isEqualTo(Rate.NONE);
    }

    @Test
    void aQuoteInsideANameIsReadAsOne() {
        var odd = table("shop", "5\" Pipe");
        var traffic =
                Traffic.of(
                        List.of(new Served("select 1 from shop.\"5\"\" Pipe\"", 2)), List.of(odd));
        assertThat(traffic.rate(odd)).isEqualTo(new Rate(2, 0));
    }

    @Test
    void whoWaitsDependsOnTheLock() {
        var rate = new Rate(10, 2);
        assertThat(rate.blockedBy(LockLevel.ACCESS_EXCLUSIVE)).isEqualTo(12);
        assertThat(rate.blockedBy(LockLevel.SHARE)).isEqualTo(2);
        assertThat(rate.blockedBy(LockLevel.SHARE_UPDATE_EXCLUSIVE)).isZero();
    }
}
