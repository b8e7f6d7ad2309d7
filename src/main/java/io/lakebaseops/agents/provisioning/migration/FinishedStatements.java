package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The statements of failed migrations that did run, outside a transaction, and stayed.
///
/// A statement is known by its file's name and checksum and its own text, not by what a step is
/// called; of equal ones in a file, as many as ran are done.
public record FinishedStatements(Map<Key, Integer> times) {
    public static final FinishedStatements NONE = new FinishedStatements(Map.of());

    public FinishedStatements {
        times = Map.copyOf(times);
    }

    /// @param checksum of the file: a statement of a changed file is another one
    public record Key(String script, int checksum, String statement) {}

    boolean has(MigrationFile file, int position) {
        if (!file.alone()) {
            return false;
        }
        var text = file.statements().get(position).text();
        long nth =
                file.statements().stream()
                        .limit(position + 1L)
                        .filter(s -> s.text().equals(text))
                        .count();
        return nth <= times.getOrDefault(new Key(file.name(), file.checksum(), text), 0);
    }

    /// Those of `file`.
    int count(MigrationFile file) {
        int count = 0;
        for (int i = 0; i < file.statements().size(); i++) {
            count += has(file, i) ? 1 : 0;
        }
        return count;
    }

    /// Whose statement each step of a plan is; a step that notes a file ends that file's steps.
    ///
    /// @return per step, null for those that are no single statement of a file
    static Map<Integer, Key> of(List<Step> steps) {
        var keys = new HashMap<Integer, Key>();
        var open = new HashMap<Integer, String>();
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Step.ScriptStep script)) {
                continue;
            }
            var noted = script.statements().getLast();
            var name = value(noted, MigrationSteps.SCRIPT);
            var checksum = value(noted, MigrationSteps.CHECKSUM);
            if (name != null && checksum != null) {
                open.forEach(
                        (step, text) ->
                                keys.put(step, new Key(name, Integer.parseInt(checksum), text)));
                open.clear();
            } else if (!script.transactional()) {
                open.put(i, script.statements().getFirst().sql());
            }
        }
        return keys;
    }

    private static @org.jspecify.annotations.Nullable String value(Statement s, String name) {
        return s.params().stream()
                .filter(p -> p.name().equals(name) && p.value() != null)
                .map(p -> String.valueOf(p.value()))
                .findFirst()
                .orElse(null);
    }
}
