package io.lakebaseops.domain;

/// Who did or asked for something.
public record Actor(String name, Kind kind) {
    public enum Kind {
        HUMAN,
        AGENT,
        CI,
        PLATFORM,
        /// A language model, or a program that one uses: it proposes, and nothing it proposes runs
        /// before a person has decided.
        ASSISTANT
    }

    public static Actor agent(String name) {
        return new Actor(name, Kind.AGENT);
    }

    public static Actor assistant(String name) {
        return new Actor(name, Kind.ASSISTANT);
    }

    public static Actor human(String name) {
        return new Actor(name, Kind.HUMAN);
    }
}
