package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fleet.FleetRow.Header.Part;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The cards in groups and lines, worst first.
final class FleetRows {
    /// A fleet of more shows the well ones of a type in one line.
    private static final int LARGE = 80;

    /// Fewer of a type are not worth folding.
    private static final int FEW = 6;

    private final Grouping grouping;
    private final @Nullable MetricName measure;
    private final Set<String> toggled;
    private final Map<String, FleetState> places;
    private final int columns;

    /// @param measure what the cards are ordered by; null for their state
    /// @param toggled groups and types that a person folded, or opened
    /// @param places the state each card is placed by
    FleetRows(
            Grouping grouping,
            @Nullable MetricName measure,
            Set<String> toggled,
            Map<String, FleetState> places,
            int columns) {
        this.grouping = grouping;
        this.measure = measure;
        this.toggled = Set.copyOf(toggled);
        this.places = Map.copyOf(places);
        this.columns = Math.max(1, columns);
    }

    private FleetState place(ServerCard card) {
        return places.getOrDefault(card.key(), card.state());
    }

    private Comparator<ServerCard> order() {
        var byMeasure =
                Comparator.comparingDouble(
                                (ServerCard c) ->
                                        measure == null
                                                ? 0.0
                                                : c.light(measure).map(Light::badness).orElse(0.0))
                        .reversed();
        return byMeasure.thenComparing(this::place).thenComparing(ServerCard::name);
    }

    List<FleetRow> of(List<ServerCard> cards) {
        boolean large =
                measure == null
                        && cards.stream().filter(c -> c.state() != FleetState.ASLEEP).count()
                                > LARGE;
        var groups = new LinkedHashMap<String, List<ServerCard>>();
        cards.stream()
                .sorted(order())
                .forEach(
                        c -> groups.computeIfAbsent(grouping.of(c), _ -> new ArrayList<>()).add(c));
        var rows = new ArrayList<FleetRow>();
        groups.entrySet().stream()
                .sorted(
                        Comparator.comparing(
                                        (Map.Entry<String, List<ServerCard>> g) ->
                                                g.getValue().stream()
                                                        .map(this::place)
                                                        .min(Comparator.naturalOrder())
                                                        .orElseThrow())
                                .thenComparing(
                                        g ->
                                                -g.getValue().stream()
                                                        .filter(c -> place(c).needsYou())
                                                        .count())
                                .thenComparing(Map.Entry::getKey))
                .forEach(g -> group(rows, g.getKey(), g.getValue(), large));
        return rows;
    }

    /// @param large what is well goes into one line for each type
    private void group(List<FleetRow> to, String name, List<ServerCard> cards, boolean large) {
        boolean folded = toggled.contains(name);
        var asleep =
                cards.stream()
                        .filter(c -> c.state() == FleetState.ASLEEP)
                        .sorted(
                                Comparator.comparing(
                                        ServerCard::since,
                                        Comparator.nullsLast(Comparator.reverseOrder())))
                        .toList();
        var awake = cards.stream().filter(c -> c.state() != FleetState.ASLEEP).toList();
        to.add(new FleetRow.Header(name, size(name, cards.size()), counts(cards), asleep, folded));
        if (folded) {
            return;
        }
        if (!large) {
            lines(to, awake);
            return;
        }
        var byType = new TreeMap<String, List<ServerCard>>();
        var shown = new ArrayList<ServerCard>();
        for (var card : awake) {
            if (place(card) == FleetState.OK && card.state() == FleetState.OK) {
                byType.computeIfAbsent(card.about().environment(), _ -> new ArrayList<>())
                        .add(card);
            } else {
                shown.add(card);
            }
        }
        var folds = new LinkedHashMap<String, List<ServerCard>>();
        byType.forEach(
                (type, well) -> {
                    if (well.size() <= FEW) {
                        shown.addAll(well);
                    } else {
                        folds.put(type, well);
                    }
                });
        lines(to, shown.stream().sorted(order()).toList());
        folds.forEach(
                (type, well) -> {
                    var key = name + "\n" + type;
                    boolean open = toggled.contains(key);
                    to.add(new FleetRow.Folded(key, words(type, well.size(), awake), open));
                    if (open) {
                        lines(to, well);
                    }
                });
    }

    private static String words(String type, int well, List<ServerCard> awake) {
        long all = awake.stream().filter(c -> c.about().environment().equals(type)).count();
        return all == well
                ? Texts.of("%s: all %d are ok", type, all)
                : Texts.of("%s: %d of %d are ok", type, well, all);
    }

    private void lines(List<FleetRow> to, List<ServerCard> cards) {
        for (int i = 0; i < cards.size(); i += columns) {
            to.add(new FleetRow.Cards(cards.subList(i, Math.min(cards.size(), i + columns))));
        }
    }

    private String size(String name, int n) {
        return grouping.noun(name).equals("branch")
                ? Format.grouped(n) + (n == 1 ? Texts.of(" branch") : Texts.of(" branches"))
                : Texts.count(n, "server");
    }

    private static List<Part> counts(List<ServerCard> cards) {
        var counts = new EnumMap<FleetState, Integer>(FleetState.class);
        cards.forEach(c -> counts.merge(c.state(), 1, Integer::sum));
        if (counts.keySet().equals(Set.of(FleetState.ASLEEP))) {
            return List.of(new Part(FleetState.ASLEEP, Texts.of("all asleep")));
        }
        return counts.keySet().stream()
                .filter(s -> s != FleetState.OK && s != FleetState.ASLEEP)
                .map(s -> new Part(s, Objects.requireNonNull(counts.get(s)) + " " + s.words()))
                .toList();
    }
}
