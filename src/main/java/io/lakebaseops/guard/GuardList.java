package io.lakebaseops.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A list of words in sections, from a file of ours: `[section]`, then words; `#` begins a comment.
record GuardList(Map<String, Set<String>> sections) {
    GuardList {
        sections = Map.copyOf(sections);
    }

    static GuardList read(String file) {
        try (var in = GuardList.class.getResourceAsStream("/guard/" + file)) {
            if (in == null) {
                throw new IllegalStateException("There is no /guard/" + file);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read /guard/" + file, e);
        }
    }

    private static GuardList of(String text) {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        var section = "";
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                sections.computeIfAbsent(section, _ -> new LinkedHashSet<>())
                        .addAll(List.of(line.split("\\s+")));
            }
        }
        return new GuardList(sections);
    }

    Set<String> section(String name) {
        return sections.getOrDefault(name, Set.of());
    }
}
