package io.lakebaseops.console;

import java.util.List;
import java.util.function.Consumer;

/// Pictures of fleets of one, 30, 40, 60 and 200 servers.
final class FleetPictures {
    private FleetPictures() {}

    static List<PictureScene> scenes() {
        return List.of(
                at(
                        "fleet",
                        SampleFleet::drawn,
                        c -> c.go(new Destination(Destination.FLEET, FakeShop.PRODUCTION.key()))),
                at("fleet-sixty", s -> SampleFleet.plain(s, 60, 10, 2), _ -> {}),
                at("fleet-branches", s -> SampleFleet.branches(s, 200), _ -> {}),
                at("fleet-one", s -> s.servers.known = List.of(FakeShop.PRODUCTION), _ -> {}),
                at("fleet-silent", FleetPictures::silent, _ -> {}));
    }

    private static void silent(FakeShop shop) {
        SampleFleet.plain(shop, 30, 3, 1);
        shop.measuredAts.replaceAll((_, at) -> at.minusSeconds(240));
    }

    private static PictureScene at(
            String name, Consumer<FakeShop> fill, Consumer<PictureHands> act) {
        var shop = FakeShop.busyDay();
        fill.accept(shop);
        return PictureScene.of(name, shop, Destination.fleet(), act);
    }
}
