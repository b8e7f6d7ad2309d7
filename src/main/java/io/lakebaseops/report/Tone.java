package io.lakebaseops.report;

import java.util.Locale;

/// How good or bad something is, or why there is no saying so. Each tone has a word and a shape
/// too, since a printed page may have no colours.
public enum Tone {
    OK("ok"),
    INFO("info"),
    WARNING("warning"),
    CRITICAL("critical"),
    SIMULATED("generated"),
    UNAVAILABLE("not available"),
    PLAIN("");

    private final String word;

    Tone(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    String css() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
