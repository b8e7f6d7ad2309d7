package io.lakebaseops.console.connect;

import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.postgres.PastedConnection;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Connections and the reports of their tests in words; nothing here is a secret.
final class ConnectWords {
    private ConnectWords() {}

    static String of(ConnectionProfile profile) {
        return switch (profile) {
            case ConnectionProfile.Lakebase p -> p.host().replaceFirst("^https://", "");
            case ConnectionProfile.DatabricksProfile p ->
                    Texts.of("~/.databrickscfg, profile %s", p.profile());
            case ConnectionProfile.Service p -> Texts.of("pg_service.conf, entry %s", p.service());
            case ConnectionProfile.Jdbc p ->
                    (PastedConnection.read(p.url()) instanceof PastedConnection.Server s
                                    ? place(s, p.user())
                                    : Texts.of("a JDBC URL"))
                            + (p.tunnel() == null
                                    ? ""
                                    : Texts.of(" through %s", p.tunnel().text()));
        };
    }

    private static String place(PastedConnection.Server s, @Nullable String user) {
        var who = user == null ? s.get("user") : user;
        return (who.isEmpty() ? "" : who + "@")
                + s.get("host")
                + (s.get("port").isEmpty() ? "" : ":" + s.get("port"))
                + (s.get("dbname").isEmpty() ? "" : "/" + s.get("dbname"));
    }

    /// Does it need somebody?
    static boolean troubled(TargetCondition state) {
        return !state.answers() && !(state instanceof TargetCondition.NotTried);
    }

    static Feather icon(ConnectionProfile profile) {
        return switch (profile) {
            case ConnectionProfile.Lakebase _, ConnectionProfile.DatabricksProfile _ ->
                    Feather.CLOUD;
            case ConnectionProfile.Jdbc _, ConnectionProfile.Service _ -> Feather.SERVER;
        };
    }

    /// `4 ms`, `refused`, `not reached`.
    static String of(ConnectionStage stage) {
        return switch (stage.state()) {
            case COMING -> Texts.of("not reached");
            case RUNNING -> "…";
            case DONE -> Format.duration(stage.took());
            case FAILED -> Texts.of("refused");
            case SKIPPED -> stage.text();
        };
    }

    /// For a ticket.
    static String of(ConnectionReport report) {
        var text = new StringBuilder(report.sentence()).append('\n');
        for (var stage : report.stages()) {
            text.append("  ").append(stage.name().words()).append(": ").append(of(stage));
            if (!stage.text().isEmpty() && stage.state() == ConnectionStage.State.DONE) {
                text.append(" (").append(stage.text()).append(')');
            }
            text.append('\n');
        }
        for (var check : report.checks()) {
            text.append(
                    "  %s: %s (%s)%n".formatted(check.what(), check.found(), check.neededFor()));
        }
        var failure = report.failure();
        if (failure != null && !failure.words().isEmpty()) {
            text.append(failure.words());
            if (!failure.sqlState().isEmpty()) {
                text.append(Texts.of(" (SQLSTATE ")).append(failure.sqlState()).append(')');
            }
            text.append('\n');
        }
        if (!report.sql().isEmpty()) {
            text.append(report.sql()).append('\n');
        }
        return text.toString();
    }

    static String cost(ConnectionReport report) {
        var cost = report.cost();
        return Texts.of(
                "%s, %s, %s. Nothing was changed.",
                Texts.count(cost.connections(), "connection"),
                Texts.count(cost.statements(), "statement"),
                Format.duration(cost.took()));
    }
}
