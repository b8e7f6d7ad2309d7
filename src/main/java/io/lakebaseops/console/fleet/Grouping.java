package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;

/// What the cards are grouped by.
enum Grouping {
    PROJECT(Texts.of("Project")),
    ENVIRONMENT(Texts.of("Environment")),
    OWNER(Texts.of("Owner")),
    NONE(Texts.of("None"));

    private final String words;

    Grouping(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    Grouping next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /// The name of the group a card belongs to.
    String of(ServerCard card) {
        return switch (this) {
            case PROJECT -> card.project();
            case ENVIRONMENT -> card.about().environment();
            case OWNER ->
                    card.about().owner().isEmpty()
                            ? Texts.of("Nobody written down")
                            : card.about().owner();
            case NONE -> Texts.of("All servers");
        };
    }

    /// What its members are called.
    String noun(String group) {
        return this == PROJECT && !group.equals(Texts.of("Own servers"))
                ? Texts.of("branch")
                : Texts.of("server");
    }
}
