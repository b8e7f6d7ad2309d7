package io.lakebaseops.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one phase of the demo did: its figures, and whether everything it must show held.
final class DemoPhase {
    private final String name;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private Duration took = Duration.ZERO;

    DemoPhase(String name) {
        this.name = name;
    }

    void figure(String key, Object value) {
        figures.put(key, value);
    }

    /// Notes what does not hold instead of stopping, so that the report shows all of it.
    boolean check(boolean holds, String what) {
        if (!holds) {
            missing.add(what);
        }
        return holds;
    }

    void took(Duration time) {
        took = time;
    }

    boolean ok() {
        return missing.isEmpty();
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    String name() {
        return name;
    }

    Report report() {
        return new Report(
                name, ok(), took.toMillis(), new LinkedHashMap<>(figures), List.copyOf(missing));
    }

    /// As written to the report file.
    record Report(
            String phase,
            boolean ok,
            long durationMs,
            Map<String, Object> figures,
            List<String> missing) {}
}
