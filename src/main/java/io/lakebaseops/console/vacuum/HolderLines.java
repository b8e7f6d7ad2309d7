package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.HorizonHolder.Holds;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.domain.Format;

import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The holders of the horizon as lines, the oldest first, and what does not exist.
final class HolderLines {
    private static final int MOST = 6;

    private HolderLines() {}

    static List<RowItem> of(
            VacuumRound.Horizon horizon,
            Instant now,
            ZoneId zone,
            boolean mayAct,
            Consumer<HorizonHolder> end) {
        var lines = new ArrayList<RowItem>();
        for (var h : horizon.holders().stream().limit(MOST).toList()) {
            lines.add(line(h, now, zone, mayAct, end));
        }
        return lines;
    }

    private static RowItem line(
            HorizonHolder h,
            Instant now,
            ZoneId zone,
            boolean mayAct,
            Consumer<HorizonHolder> end) {
        boolean first = h.holds() == Holds.ALONE || h.holds() == Holds.TOGETHER;
        boolean hurts = first && h.old();
        var since = h.since();
        var held =
                Texts.of(
                        "%s XIDs%s",
                        Format.grouped(h.xminAge()),
                        since == null
                                ? ""
                                : Texts.of(" · since %s", VacuumWords.when(since, now, zone)));
        return RowItem.of(h.words(), icon(h), hurts ? Role.CRITICAL : Role.MUTED, h.words())
                .sub(h.detail())
                .trailing(
                        VacuumWords.releases(h),
                        hurts && h.rows() != null && h.rows() > 0 ? Role.CRITICAL : Role.MUTED)
                .note(held, Role.MUTED)
                .hint(Texts.of("%s.\nTo end it: %s", VacuumWords.releasesHint(h), h.remedy()))
                .acts(
                        mayAct && first && h.idleInTransaction()
                                ? List.of(
                                        RowItem.Act.link(
                                                Texts.of("Plan: end session"), () -> end.accept(h)))
                                : List.of());
    }

    private static Feather icon(HorizonHolder h) {
        return switch (h.kind()) {
            case "slot" -> Feather.REPEAT;
            case "standby" -> Feather.SERVER;
            case "prepared transaction" -> Feather.PAUSE_CIRCLE;
            default -> Feather.USER;
        };
    }

    /// `None: standbys · if session 41822 ended, 1,012,400 dead rows become removable; horizon then
    /// 1,204 XIDs`.
    static String foot(VacuumRound.Horizon horizon, boolean seesSessions) {
        var none =
                Stream.of("session", "slot", "prepared transaction", "standby")
                        .filter(horizon::none)
                        .map(HolderLines::plural)
                        .collect(Collectors.joining(", "));
        var parts = new ArrayList<String>();
        if (!none.isEmpty()) {
            parts.add(Texts.of("None: %s", none));
        }
        if (horizon.holders().size() > MOST) {
            parts.add(Texts.of("and %s more", horizon.holders().size() - MOST));
        }
        var here =
                horizon.holders().stream()
                        .filter(h -> h.holds() != Holds.CATALOG)
                        .filter(h -> h.holds() != Holds.OTHER_DATABASE)
                        .toList();
        if (!here.isEmpty()) {
            var oldest = here.getFirst();
            var rows = oldest.withOlder().rows();
            parts.add(
                    Texts.of(
                            "if %s ended, %s%s",
                            oldest.holds() == Holds.TOGETHER
                                    ? Texts.of("all at its point")
                                    : oldest.words(),
                            rows == null || rows == 0
                                    ? ""
                                    : Texts.of(
                                            "%s dead rows become removable; horizon then ",
                                            Format.grouped(rows)),
                            here.stream()
                                    .filter(h -> h.xminAge() < oldest.xminAge())
                                    .findFirst()
                                    .map(h -> Texts.of("%s XIDs", Format.grouped(h.xminAge())))
                                    .orElse(Texts.of("nothing held"))));
        }
        if (!seesSessions) {
            parts.add(Texts.of("sessions of other roles are hidden: GRANT pg_monitor shows them"));
        }
        return String.join(" · ", parts);
    }

    private static String plural(String kind) {
        return kind + "s";
    }

    /// Why the card is empty, for the list.
    static String nothing() {
        return Texts.of("Nothing holds the horizon: every dead row can be removed.");
    }

    static Role foot(boolean seesSessions) {
        return seesSessions ? Role.MUTED : Role.WARNING;
    }

    static void say(javafx.scene.control.Label label, String text, Role role) {
        label.setText(text);
        Nodes.role(label, role);
    }
}
