package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.Lakehouse;

import java.util.ArrayList;
import java.util.List;

/// Pictures of every screen in each of its states: loading, ready, empty, stale, failed.
final class StatePictures {
    private StatePictures() {}

    static final List<String> SCREENS =
            List.of(
                    Destination.OVERVIEW,
                    Destination.FLEET,
                    Destination.QUERIES,
                    Destination.INDEXES,
                    Destination.VACUUM,
                    Destination.BRANCHES,
                    Destination.SYNC,
                    Destination.ARCHIVE,
                    Destination.COST,
                    Destination.APPROVALS,
                    Destination.ASK,
                    Destination.AGENTS,
                    Destination.SETTINGS,
                    Destination.CONNECTIONS);

    static List<PictureScene> scenes(Lakehouse lake) {
        var all = new ArrayList<PictureScene>();
        for (var id : SCREENS) {
            var place = new Destination(id, null);
            all.add(new PictureScene(id + "-loading", StatePictures::day, h -> load(h, place)));
            all.add(
                    new PictureScene(
                            id + "-ready",
                            () ->
                                    id.equals(Destination.QUERIES)
                                            ? QueriesPictures.shop(lake)
                                            : day(),
                            h -> h.go(place)));
            all.add(new PictureScene(id + "-empty", StatePictures::nothing, h -> h.go(place)));
            all.add(new PictureScene(id + "-stale", StatePictures::old, h -> h.go(place)));
            all.add(new PictureScene(id + "-failed", StatePictures::day, h -> fail(h, place)));
        }
        return all;
    }

    /// A day with something on every screen.
    static FakeShop day() {
        var shop = BranchPictures.busy();
        SettingsPictures.decided(shop);
        AskPictures.past(shop);
        return shop;
    }

    private static FakeShop nothing() {
        var shop = new FakeShop();
        shop.vacuum.round = SampleVacuum.calm(FakeShop.NOW);
        shop.branches.project = null;
        shop.cost.recorded = false;
        return shop;
    }

    static FakeShop old() {
        var shop = day();
        agedBy(shop, 95);
        return shop;
    }

    static void agedBy(FakeShop shop, int seconds) {
        shop.measuredAt = FakeShop.NOW.minusSeconds(seconds);
        shop.outage =
                new HealthBoard.Outage(
                        FakeShop.NOW.minusSeconds(seconds - 5), "the server closed the connection");
    }

    /// The Overview was read when the window opened: of another server it is not.
    private static void load(PictureHands h, Destination place) {
        h.console().hold();
        if (place.screen().equals(Destination.OVERVIEW)) {
            io.lakebaseops.console.fx.FxToolkit.call(
                    () -> {
                        h.console().frame.session().lookAt(FakeShop.STAGING);
                        return place;
                    });
        }
        h.leaveFor(place);
    }

    private static void fail(PictureHands h, Destination place) {
        var shop = h.shop();
        var why =
                new OpsException(
                        OpsException.Kind.UNREACHABLE,
                        "Reading the state database",
                        "connection refused at 127.0.0.1:5433",
                        "start it, or look at Settings");
        shop.broken = why;
        shop.archive.broken = why;
        shop.branches.broken = why;
        shop.history.broken = why;
        shop.sync.broken = why;
        shop.vacuum.broken = why;
        shop.desk.broken = why;
        shop.jobs.broken = why;
        shop.connections.broken = why;
        shop.cost.broken = why;
        shop.ask.kept.broken = why;
        shop.kept.broken = why;
        shop.settings.away = true;
        h.leaveFor(place);
        h.refresh(place.screen());
        h.untilIs(place.screen(), ScreenState.FAILED);
    }
}
