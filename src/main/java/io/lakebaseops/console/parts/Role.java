package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.RiskLevel;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.Locale;

/// What a colour means. Each role has an icon and a word too, so that colour is never alone.
public enum Role {
    OK(Texts.marked("ok"), Feather.CHECK_CIRCLE),
    INFO(Texts.marked("info"), Feather.INFO),
    WARNING(Texts.marked("warning"), Feather.ALERT_TRIANGLE),
    CRITICAL(Texts.marked("critical"), Feather.ALERT_OCTAGON),
    SIMULATED(Texts.marked("simulated"), Feather.ZAP),
    UNAVAILABLE(Texts.marked("unavailable"), Feather.MINUS_CIRCLE),
    MUTED("", Feather.CIRCLE);

    private final String word;
    private final Feather icon;

    Role(String word, Feather icon) {
        this.word = word;
        this.icon = icon;
    }

    public String word() {
        return Texts.of(word);
    }

    public Feather icon() {
        return icon;
    }

    /// The style class the token files know.
    public String css() {
        return "role-" + name().toLowerCase(Locale.ROOT);
    }

    public static Role of(@Nullable Severity severity) {
        return severity == null
                ? OK
                : switch (severity) {
                    case INFO -> INFO;
                    case WARNING -> WARNING;
                    case CRITICAL -> CRITICAL;
                };
    }

    public static Role of(RiskLevel risk) {
        return switch (risk) {
            case LOW -> OK;
            case MEDIUM -> WARNING;
            case HIGH -> CRITICAL;
        };
    }
}
