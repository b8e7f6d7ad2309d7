package io.lakebaseops.console.fleet;

/// What the cards are grouped by.
enum Grouping {
    PROJECT("Project"),
    ENVIRONMENT("Environment"),
    OWNER("Owner"),
    NONE("None");

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
                    card.about().owner().isEmpty() ? "Nobody written down" : card.about().owner();
            case NONE -> "All servers";
        };
    }

    /// What its members are called.
    String noun(String group) {
        return this == PROJECT && !group.equals("Own servers") ? "branch" : "server";
    }
}
