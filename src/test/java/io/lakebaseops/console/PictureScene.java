package io.lakebaseops.console;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One picture of the console: the invented shop it is of, and what is done before it is taken.
///
/// @param name of the file
/// @param shop made anew for each picture, since acts change it
/// @param act with the hands of a person, the window being open on the Overview
record PictureScene(String name, Supplier<FakeShop> shop, Consumer<PictureHands> act) {
    PictureScene {
        Objects.requireNonNull(name);
        Objects.requireNonNull(shop);
        Objects.requireNonNull(act);
    }

    static PictureScene of(String name, FakeShop shop, Destination to, Consumer<PictureHands> act) {
        return new PictureScene(
                name,
                () -> shop,
                hands -> {
                    hands.go(to);
                    act.accept(hands);
                });
    }
}
