package io.lakebaseops.console.settings;

import org.kordamp.ikonli.feather.Feather;

import java.util.Arrays;
import java.util.Locale;

/// The sections of the page, in the order of the list at the left.
public enum Section {
    CONNECTIONS("Connections", Feather.DATABASE, "server host login password"),
    THRESHOLDS(
            "Thresholds",
            Feather.SLIDERS,
            "alert limit warning critical cache connections dead rows lock deadlock slow query xid"
                    + " replica lag"),
    POLICIES("Policies", Feather.SHIELD, "repair automatic sop risk approval"),
    NOTIFICATIONS(
            "Notifications",
            Feather.BELL,
            "channel slack pagerduty mail smtp teams webhook desktop"),
    MODEL("Language model", Feather.CPU, "ask llm ai anthropic openai ollama databricks"),
    RETENTION("Retention", Feather.ARCHIVE, "history days size delta kept"),
    SCHEDULE("Schedule", Feather.CLOCK, "jobs cron"),
    DECISIONS("Decisions", Feather.BOOKMARK, "mute unmute ignore kept reject"),
    COST("Own cost", Feather.ACTIVITY, "statements connections budget load"),
    APPEARANCE("Appearance", Feather.SUN, "theme dark light motion"),
    STATE("State database", Feather.HARD_DRIVE, "postgresql address"),
    ABOUT("About", Feather.INFO, "version licence path");

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
