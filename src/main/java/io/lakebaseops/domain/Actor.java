package io.lakebaseops.domain;

/// Who did or asked for something.
public record Actor(String name, Kind kind) {
    public enum Kind {
        HUMAN,
        AGENT,
        CI,
        PLATFORM
    }

    public static Actor agent(String name) {
        return new Actor(name, Kind.AGENT);
    }

    public static Actor human(String name) {
        return new Actor(name, Kind.HUMAN);
    }
}
