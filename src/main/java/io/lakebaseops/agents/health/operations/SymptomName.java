package io.lakebaseops.agents.health.operations;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;

/// What somebody asks about: an open alert, a metric, or the server as a whole.
///
/// @param metric null for the server as a whole
/// @param alert null unless an alert was named
/// @param unknown why the name means nothing; null when it does
record SymptomName(@Nullable MetricName metric, @Nullable Alert alert, @Nullable String unknown) {
    static final String REMEDY =
            "give the id of an open alert, the name of a metric, or nothing for the server as a"
                    + " whole";

    static SymptomName of(String typed, Alerts alerts, TargetId target) {
        var name = typed.strip();
        if (name.isEmpty()) {
            return new SymptomName(null, null, null);
        }
        var alert = alerts.active(target).stream().filter(a -> a.id().equals(name)).findFirst();
        if (alert.isPresent()) {
            return new SymptomName(alert.get().metric(), alert.get(), null);
        }
        var id = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(MetricName.values())
                .filter(m -> m.id().equals(id))
                .findFirst()
                .map(m -> new SymptomName(m, null, null))
                .orElseGet(
                        () ->
                                new SymptomName(
                                        null,
                                        null,
                                        "neither an open alert nor a metric is called so"));
    }

    /// The database the alert is about; null when it is about none.
    @Nullable String database() {
        return alert == null ? null : alert.subject().database();
    }
}
