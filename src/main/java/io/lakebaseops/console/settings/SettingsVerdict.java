package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Severity;

import java.util.ArrayList;
import java.util.List;

/// What does not work now, before what could be set.
record SettingsVerdict(Role role, String sentence, List<String> strong) {
    SettingsVerdict {
        strong = List.copyOf(strong);
    }

    static SettingsVerdict of(SettingsSnapshot p, SettingsViewModel model) {
        var said = new ArrayList<String>();
        var strong = new ArrayList<String>();
        if (model.readOnly()) {
            said.add(
                    Texts.of(
                            "The settings could not be read again: nothing can be saved, what is typed stays."));
        }
        var role = channels(p, model, said, strong);
        if (model.readOnly()) {
            role = Role.CRITICAL;
        }
        long broken = p.connections().lines().stream().filter(FactCards::failed).count();
        if (broken > 0) {
            said.add(
                    broken == 1
                            ? Texts.of("%s does not work.", Texts.count(broken, "connection"))
                            : Texts.of("%s do not work.", Texts.count(broken, "connection")));
            role = Role.CRITICAL;
        }
        long outside = outside(p, model);
        var rest = new ArrayList<String>();
        if (outside > 0) {
            rest.add(Texts.of("%s of %s measures outside limits", outside, p.measures().size()));
        }
        int unsaved = model.unsaved();
        if (unsaved > 0) {
            rest.add(
                    unsaved == 1
                            ? Texts.of("1 change not saved")
                            : Texts.of("%s changes not saved", unsaved));
        }
        if (!rest.isEmpty()) {
            said.add(String.join(", ", rest) + ".");
            role = role == Role.OK ? worst(p, model) : role;
        }
        if (said.isEmpty()) {
            long measured = p.measures().stream().filter(m -> m.judged() != null).count();
            said.add(
                    measured == 0
                            ? Texts.of("All settings work. Nothing is measured here yet.")
                            : Texts.of("All settings work. Every measure is within its limits."));
        }
        return new SettingsVerdict(role, String.join(" ", said), strong);
    }

    private static Role worst(SettingsSnapshot p, SettingsViewModel model) {
        boolean critical =
                p.measures().stream()
                        .anyMatch(
                                m -> {
                                    var value = m.judged();
                                    return value != null
                                            && model.savedRule(m.name())
                                                    .severityOf(value)
                                                    .filter(s -> s == Severity.CRITICAL)
                                                    .isPresent();
                                });
        return critical ? Role.CRITICAL : Role.WARNING;
    }

    static long outside(SettingsSnapshot p, SettingsViewModel model) {
        return p.measures().stream()
                .filter(
                        m -> {
                            var value = m.judged();
                            return value != null
                                    && model.savedRule(m.name()).severityOf(value).isPresent();
                        })
                .count();
    }

    private static Role channels(
            SettingsSnapshot p, SettingsViewModel model, List<String> said, List<String> strong) {
        var failed = failed(p, model);
        for (var line : failed) {
            var name = line.channel().name();
            var last = NotificationsCard.last(model, line);
            var why = line.missing().isEmpty() && last != null ? last.reason() : line.missing();
            strong.add(name);
            said.add(
                    Texts.of(
                            "%s do not reach %s: %s.",
                            line.from() == Severity.CRITICAL
                                    ? Texts.of("Critical alerts")
                                    : Texts.of("Alerts"),
                            name,
                            shortened(why)));
        }
        if (failed.isEmpty() && !p.channels().troubles().isEmpty()) {
            said.add(Texts.of("The file of the channels holds entries that cannot be read."));
            return Role.CRITICAL;
        }
        return failed.isEmpty() ? Role.OK : Role.CRITICAL;
    }

    /// Channels that are told of something and could not be reached last.
    static List<ChannelDesk.Line> failed(SettingsSnapshot p, SettingsViewModel model) {
        return p.channels().lines().stream()
                .filter(l -> l.from() != null)
                .filter(
                        l -> {
                            var last = NotificationsCard.last(model, l);
                            return !l.missing().isEmpty() || (last != null && !last.delivered());
                        })
                .toList();
    }

    private static String shortened(String why) {
        var first = why.lines().findFirst().orElse("");
        return first.length() <= 90 ? first : first.substring(0, 89) + "…";
    }
}
