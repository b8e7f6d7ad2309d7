package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.console.Texts;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parts that are drawn, each with its colour: the largest alone, all others as one, and what
/// is not attributed last.
///
/// @param key null for the others together
record PartColors(String name, @Nullable String key, String style, Costs.Part part) {
    private static final int ALONE = 6;
    private static final String UNKNOWN = "(not attributed)";
    private static final List<String> STYLES =
            List.of("series-1", "series-3", "series-4", "series-5", "series-6", "series-2");

    static List<PartColors> of(Costs costs) {
        var drawn = new ArrayList<PartColors>();
        var others = new ArrayList<Costs.Part>();
        Costs.Part unknown = null;
        for (var part : costs.parts()) {
            if (part.key().equals(UNKNOWN)) {
                unknown = part;
            } else if (drawn.size() < ALONE) {
                var style = part.key().equals("(idle)") ? "series-7" : STYLES.get(drawn.size());
                drawn.add(new PartColors(words(part.key()), part.key(), style, part));
            } else {
                others.add(part);
            }
        }
        if (!others.isEmpty()) {
            drawn.add(
                    new PartColors(
                            Texts.of("others (%d)", others.size()),
                            null,
                            "series-7",
                            together(others)));
        }
        if (unknown != null) {
            drawn.add(new PartColors(words(UNKNOWN), UNKNOWN, "cost-unknown", unknown));
        }
        return drawn;
    }

    /// `(idle)` as a person says it.
    static String words(String key) {
        return switch (key) {
            case "(idle)" -> Texts.of("idle, nothing ran");
            case "(storage)" -> Texts.of("storage");
            case UNKNOWN -> Texts.of("not attributed");
            case "(other statements)" -> Texts.of("other statements");
            case "(no application name)" -> Texts.of("no application name");
            default -> key;
        };
    }

    private static Costs.Part together(List<Costs.Part> parts) {
        var days = new TreeMap<LocalDate, BigDecimal>();
        var cost = BigDecimal.ZERO;
        var units = BigDecimal.ZERO;
        BigDecimal before = null;
        for (var part : parts) {
            part.days().forEach((d, c) -> days.merge(d, c, BigDecimal::add));
            cost = cost.add(part.cost());
            units = units.add(part.computeUnits());
            var its = part.before();
            if (its != null) {
                before = before == null ? its : before.add(its);
            }
        }
        return new Costs.Part("", days, cost, units, before);
    }

    Map<LocalDate, Double> days() {
        var days = new HashMap<LocalDate, Double>();
        part.days().forEach((d, c) -> days.put(d, c.doubleValue()));
        return days;
    }
}
