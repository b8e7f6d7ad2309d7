package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;

import org.kordamp.ikonli.feather.Feather;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The state of a server in the fleet, in the order of the cards: that one cannot be watched is as
/// bad as what is watched and bad.
enum FleetState {
    CRITICAL(Texts.marked("critical"), Role.CRITICAL, Feather.ALERT_OCTAGON),
    NOT_WATCHED(Texts.marked("not watched"), Role.CRITICAL, Feather.WIFI_OFF),
    WARNING(Texts.marked("warning"), Role.WARNING, Feather.ALERT_TRIANGLE),
    /// Known, but nothing was measured of it since the start.
    PENDING(Texts.marked("not measured yet"), Role.MUTED, Feather.CLOCK),
    OK(Texts.marked("ok"), Role.OK, Feather.CHECK_CIRCLE),
    ASLEEP(Texts.marked("asleep"), Role.MUTED, Feather.MOON);

    private final String words;
    private final Role role;
    private final Feather icon;

    FleetState(String words, Role role, Feather icon) {
        this.words = words;
        this.role = role;
        this.icon = icon;
    }

    String words() {
        return Texts.of(words);
    }

    Role role() {
        return role;
    }

    Feather icon() {
        return icon;
    }

    boolean needsYou() {
        return this == CRITICAL || this == NOT_WATCHED;
    }

    /// Are its figures measured now?
    boolean live() {
        return this == CRITICAL || this == WARNING || this == OK;
    }

    /// As a filter writes it: `not-watched`.
    String word() {
        return words.replace(' ', '-');
    }

    static Optional<FleetState> of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
