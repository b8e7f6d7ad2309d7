package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;

import org.kordamp.ikonli.feather.Feather;

import java.util.Arrays;
import java.util.Locale;

/// The sections of the page, in the order of the list at the left.
public enum Section {
    CONNECTIONS(Texts.of("Connections"), Feather.DATABASE, Texts.of("server host login password")),
    THRESHOLDS(
            Texts.of("Thresholds"),
            Feather.SLIDERS,
            Texts.of(
                    "alert limit warning critical cache connections dead rows lock deadlock slow query xid replica lag")),
    POLICIES(
            Texts.of("Policies"),
            Feather.SHIELD,
            Texts.of("repair automatic sop risk approval by itself table exception")),
    NOTIFICATIONS(
            Texts.of("Notifications"),
            Feather.BELL,
            Texts.of("channel slack pagerduty mail smtp teams webhook desktop")),
    MODEL(
            Texts.of("Language model"),
            Feather.CPU,
            Texts.of("ask llm ai anthropic openai ollama databricks")),
    RETENTION(Texts.of("Retention"), Feather.ARCHIVE, Texts.of("history days size delta kept")),
    SCHEDULE(Texts.of("Schedule"), Feather.CLOCK, Texts.of("jobs cron")),
    DECISIONS(Texts.of("Decisions"), Feather.BOOKMARK, Texts.of("mute unmute ignore kept reject")),
    COST(Texts.of("Own cost"), Feather.ACTIVITY, Texts.of("statements connections budget load")),
    APPEARANCE(Texts.of("Appearance"), Feather.SUN, Texts.of("theme dark light motion language")),
    STATE(Texts.of("State database"), Feather.HARD_DRIVE, Texts.of("postgresql address")),
    ABOUT(Texts.of("About"), Feather.INFO, Texts.of("version licence path"));

    private final String title;
    private final Feather icon;
    private final String words;

    Section(String title, Feather icon, String words) {
        this.title = title;
        this.icon = icon;
        this.words = words;
    }

    public String title() {
        return title;
    }

    public Feather icon() {
        return icon;
    }

    /// What else it is looked for by.
    public String words() {
        return words;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Does everything typed occur in its title or among what can be set there?
    boolean matches(String text) {
        var all = (title + " " + words).toLowerCase(Locale.ROOT);
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
    }
}
