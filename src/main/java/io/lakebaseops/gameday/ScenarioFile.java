package io.lakebaseops.gameday;

import io.lakebaseops.gameday.Scenario.Kind;
import io.lakebaseops.gameday.Scenario.Range;
import io.lakebaseops.gameday.Scenario.Repair;
import io.lakebaseops.sqltext.SqlScript;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a scenario from its script. The first line is its title, `-- key: value` lines are its
/// facts, and each `--: kind argument` line begins an act with the statements below it.
final class ScenarioFile {
    private static final String ACT = "--: ";
    private static final Pattern FACT = Pattern.compile("-- ([a-z-]+): (.*)");
    private static final Pattern RANGE = Pattern.compile("(\\w+) (\\d+)\\.\\.(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private ScenarioFile() {}

    static Scenario read(String name, String text) {
        var lines = text.lines().toList();
        var facts = new LinkedHashMap<String, String>();
        int line = 1;
        for (; line < lines.size() && !lines.get(line).startsWith(ACT); line++) {
            var fact = FACT.matcher(lines.get(line));
            if (fact.matches()) {
                facts.put(fact.group(1), fact.group(2).strip());
            }
        }
        var kind = Kind.valueOf(upper(required(name, facts, "kind")));
        var repair = facts.get("repair");
        return new Scenario(
                name,
                kind,
                lines.getFirst().replaceFirst("^-- ", ""),
                list(required(name, facts, kind == Kind.FAULT ? "expect" : "looks-like")),
                repair == null ? null : Repair.valueOf(upper(repair)),
                settings(facts.get("settings")),
                seconds(facts.get("warm-up"), Duration.ZERO),
                seconds(facts.get("patience"), PATIENCE),
                ranges(name, facts.get("vary")),
                "standby".equals(facts.get("needs")),
                facts.get("unavailable"),
                acts(lines.subList(line, lines.size())));
    }

    private static String required(String name, Map<String, String> facts, String key) {
        var value = facts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Scenario %s lacks '%s'".formatted(name, key));
        }
        return value;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static List<String> list(@Nullable String value) {
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",")).map(String::strip).toList();
    }

    private static Map<String, String> settings(@Nullable String value) {
        return list(value).stream()
                .map(s -> s.split("=", 2))
                .collect(Collectors.toMap(s -> s[0], s -> s[1]));
    }

    private static Duration seconds(@Nullable String value, Duration otherwise) {
        return value == null ? otherwise : Duration.ofSeconds(Long.parseLong(value));
    }

    private static Map<String, Range> ranges(String name, @Nullable String value) {
        var ranges = new TreeMap<String, Range>();
        for (var part : list(value)) {
            var range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new IllegalArgumentException("Scenario " + name + ": " + part);
            }
            ranges.put(
                    range.group(1),
                    new Range(Long.parseLong(range.group(2)), Long.parseLong(range.group(3))));
        }
        return ranges;
    }

    private static List<Act> acts(List<String> lines) {
        var acts = new ArrayList<Act>();
        int from = 0;
        while (from < lines.size()) {
            int until = from + 1;
            while (until < lines.size() && !lines.get(until).startsWith(ACT)) {
                until++;
            }
            acts.add(
                    act(
                            lines.get(from).substring(ACT.length()).strip(),
                            String.join("\n", lines.subList(from + 1, until))));
            from = until;
        }
        return acts;
    }

    private static Act act(String head, String script) {
        var words = new ArrayList<>(Arrays.asList(head.split("\\s+")));
        boolean setup = words.getFirst().equals("setup");
        if (setup) {
            words.removeFirst();
        }
        var kind = words.isEmpty() ? Act.Kind.CLIENT : Act.Kind.valueOf(upper(words.removeFirst()));
        return new Act(
                setup,
                kind,
                words.isEmpty() ? "" : words.getFirst(),
                SqlScript.of(script).statements().stream().map(SqlScript.Part::text).toList());
    }
}
