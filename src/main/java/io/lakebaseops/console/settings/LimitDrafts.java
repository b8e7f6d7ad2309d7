package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.ChangedLimits;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.settings.LimitFields.Checked;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.console.settings.ThresholdDesk.LimitChange;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.state.AlertLimits.Changed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Limits that were typed and are not saved: by measure, and by where they are to hold. What was
/// typed stays until it is saved or discarded, also when something is wrong with it.
final class LimitDrafts {
    /// @param target key of a target, or [AlertLimits#ALL_SERVERS]
    record Key(MetricName metric, String target) {}

    /// Empty where the branch's own value is taken back.
    private final Map<Key, Optional<LimitFields>> typed = new LinkedHashMap<>();

    private List<Changed> saved = List.of();

    /// What is in the state database now.
    void saved(List<Changed> all) {
        saved = List.copyOf(all);
    }

    AlertRule savedRule(Watched standard, String target) {
        return ChangedLimits.in(saved, target, standard.rule());
    }

    /// Has the target a saved value of its own?
    boolean own(MetricName metric, String target) {
        return ChangedLimits.of(saved, target, metric).isPresent();
    }

    /// As shown: what was typed, else what is in force.
    LimitFields fields(Watched standard, String target) {
        var metric = standard.rule().metric();
        var draft = typed.get(new Key(metric, target));
        if (draft == null) {
            return LimitFields.of(metric, savedRule(standard, target).limits());
        }
        return draft.orElseGet(() -> LimitFields.of(metric, without(standard, target).limits()));
    }

    /// What holds once the target's own value is gone.
    private AlertRule without(Watched standard, String target) {
        return target.equals(AlertLimits.ALL_SERVERS)
                ? standard.rule()
                : ChangedLimits.in(saved, AlertLimits.ALL_SERVERS, standard.rule());
    }

    void type(Watched standard, String target, Field field, String text) {
        put(standard, target, fields(standard, target).with(field, text));
    }

    private void put(Watched standard, String target, LimitFields fields) {
        var metric = standard.rule().metric();
        var key = new Key(metric, target);
        var now = savedRule(standard, target).limits();
        var checked = fields.check(standard.rule());
        if (now.equals(checked.limits())) {
            typed.remove(key);
        } else {
            typed.put(key, Optional.of(fields));
        }
    }

    /// Back to what holds without a value of this target: for all servers, the product's own.
    void takeBack(Watched standard, String target) {
        var key = new Key(standard.rule().metric(), target);
        if (own(key.metric(), target)) {
            typed.put(key, Optional.empty());
        } else {
            typed.remove(key);
        }
    }

    boolean changed(MetricName metric, String target) {
        return typed.containsKey(new Key(metric, target));
    }

    Checked check(Watched standard, String target) {
        return fields(standard, target).check(standard.rule());
    }

    void discard() {
        typed.clear();
    }

    int count() {
        return typed.size();
    }

    /// @param metric null for any
    boolean wrong(List<Watched> measures, @Nullable MetricName metric) {
        return typed.entrySet().stream()
                .filter(e -> metric == null || e.getKey().metric() == metric)
                .filter(e -> e.getValue().isPresent())
                .anyMatch(
                        e ->
                                e.getValue()
                                                .get()
                                                .check(of(measures, e.getKey().metric()).rule())
                                                .limits()
                                        == null);
    }

    /// What saving does; call only when nothing is wrong.
    ///
    /// @param where how the screen calls a target
    List<LimitChange> changes(
            List<Watched> measures, java.util.function.UnaryOperator<String> where) {
        var all = new ArrayList<LimitChange>();
        typed.forEach(
                (key, draft) -> {
                    var standard = of(measures, key.metric());
                    var before = savedRule(standard, key.target()).limits();
                    var limits =
                            draft.map(
                                            f ->
                                                    Objects.requireNonNull(
                                                            f.check(standard.rule()).limits()))
                                    .orElse(null);
                    var after = limits == null ? without(standard, key.target()).limits() : limits;
                    var title = standard.gauge().title() + ", " + where.apply(key.target());
                    all.add(
                            new LimitChange(
                                    key.metric(),
                                    key.target(),
                                    limits,
                                    words(title, key.metric(), before, after, limits == null)));
                });
        return all;
    }

    private static List<Change> words(
            String title,
            MetricName metric,
            AlertRule.Limits before,
            AlertRule.Limits after,
            boolean takenBack) {
        var old = LimitFields.of(metric, before);
        var next = LimitFields.of(metric, after);
        var words = new ArrayList<Change>();
        for (var field : Field.values()) {
            if (!old.text(field).equals(next.text(field))) {
                words.add(
                        new Change(title + ": " + name(field), old.text(field), next.text(field)));
            }
        }
        if (takenBack || words.isEmpty()) {
            words.add(new Change(title + ": own limits", takenBack ? "set" : null, null));
        }
        return words;
    }

    private static String name(Field field) {
        return switch (field) {
            case WARNING -> "warning";
            case CRITICAL -> "critical";
            case OPENS -> "opens after";
            case MARGIN -> "closes when back by";
        };
    }

    private static Watched of(List<Watched> measures, MetricName metric) {
        return measures.stream().filter(w -> w.rule().metric() == metric).findFirst().orElseThrow();
    }
}
