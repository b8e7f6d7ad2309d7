package io.lakebaseops.console;

import io.lakebaseops.config.ConnectionDraft;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.connect.FoundPlace;
import io.lakebaseops.console.connect.FoundPlace.Entry;
import io.lakebaseops.console.connect.FoundPlace.Fill;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionReport.Check;
import io.lakebaseops.domain.connection.ConnectionReport.Failure;
import io.lakebaseops.domain.connection.ConnectionReport.Grade;
import io.lakebaseops.domain.connection.ConnectionReport.Hint;
import io.lakebaseops.domain.connection.ConnectionReport.Part;
import io.lakebaseops.domain.connection.ConnectionStage;
import io.lakebaseops.domain.connection.ConnectionStage.Name;
import io.lakebaseops.domain.connection.ConnectionStage.State;
import io.lakebaseops.postgres.PastedConnection;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Connections of an invented machine; the password `right` is the right one.
public final class FakeConnections implements ConnectionDesk {
    public static final TargetId SHOP =
            new TargetId("shop-eu", TargetId.PLAIN, "db-eu-1.shop.example:5432");

    public volatile RuntimeException broken;
    public final List<ConnectionDraft> tested = new CopyOnWriteArrayList<>();
    public final List<ConnectionDraft> kept = new CopyOnWriteArrayList<>();
    public final List<String> removed = new CopyOnWriteArrayList<>();
    public final List<Line> lines = new CopyOnWriteArrayList<>();

    @Override
    public List<FoundPlace> found() {
        return List.of(
                new FoundPlace(
                        "~/.databrickscfg",
                        "4",
                        List.of(
                                profile("DEFAULT", "dbc-4f1e.cloud.databricks.com", "token"),
                                profile(
                                        "storefront",
                                        "adb-8812.azuredatabricks.net",
                                        "sign in with browser"),
                                profile("ci", "dbc-4f1e.cloud.databricks.com", "service principal"),
                                new Entry(
                                        Feather.CLOUD,
                                        "old-poc",
                                        "it names no host",
                                        "cannot be used",
                                        null))),
                new FoundPlace(
                        "~/.pg_service.conf",
                        "3",
                        List.of(
                                service("shop-eu", "lakebaseops@db-eu-1.shop.example:5432/shop"),
                                service("crm", "report@pg-crm:5432/crm"),
                                service("legacy", "app@pg-legacy:5432/app"))),
                new FoundPlace(
                        "PGHOST, PGUSER, PGDATABASE",
                        "1",
                        List.of(server(Feather.TERMINAL, "PG*", "root@127.0.0.1:5432/postgres"))),
                new FoundPlace("~/.pgpass", "", List.of()),
                new FoundPlace(
                        "Listening on this machine",
                        "1",
                        List.of(server(Feather.HARD_DRIVE, "127.0.0.1:5432", "127.0.0.1:5432"))));
    }

    private static Entry profile(String name, String host, String login) {
        return new Entry(Feather.CLOUD, name, host, login, new Fill.Profile(name, host));
    }

    private static Entry service(String name, String words) {
        var server = (PastedConnection.Server) PastedConnection.read("service=" + name);
        return new Entry(
                Feather.SERVER,
                name,
                words,
                "",
                new Fill.Server(server, Map.of("host", "db-eu-1.shop.example", "port", "5432")));
    }

    private static Entry server(Feather icon, String name, String words) {
        var server = (PastedConnection.Server) PastedConnection.read(words);
        return new Entry(icon, name, words, "", new Fill.Server(server, Map.of()));
    }

    @Override
    public Saved saved() {
        if (broken != null) {
            throw broken;
        }
        return new Saved(List.copyOf(lines), List.of());
    }

    public void keep(ConnectionProfile profile, @Nullable TargetCondition condition) {
        lines.add(new Line(profile, condition));
    }

    @Override
    public boolean hasKeychain() {
        return true;
    }

    @Override
    public ConnectionReport test(
            ConnectionDraft draft, Consumer<List<ConnectionStage>> live, Deadline deadline) {
        tested.add(draft);
        boolean right = draft.secrets().containsValue("right");
        var stages = stages(right);
        live.accept(stages);
        return right ? good(stages) : refused(stages);
    }

    private static List<ConnectionStage> stages(boolean right) {
        var stages = new ArrayList<ConnectionStage>();
        stages.add(done(Name.HOST, 4, "10.1.0.7"));
        stages.add(done(Name.PORT, 11, ""));
        stages.add(done(Name.TLS, 23, "TLSv1.3"));
        if (right) {
            stages.add(done(Name.LOGIN, 31, "lakebaseops"));
            stages.add(done(Name.VERSION, 2, "17.4"));
            stages.add(done(Name.RIGHTS, 18, ""));
        } else {
            stages.add(
                    new ConnectionStage(
                            Name.LOGIN, State.FAILED, "refused", Duration.ofMillis(31)));
            stages.add(ConnectionStage.coming(Name.VERSION));
            stages.add(ConnectionStage.coming(Name.RIGHTS));
        }
        return List.copyOf(stages);
    }

    private static ConnectionStage done(Name name, long millis, String text) {
        return new ConnectionStage(name, State.DONE, text, Duration.ofMillis(millis));
    }

    private static ConnectionReport good(List<ConnectionStage> stages) {
        return new ConnectionReport(
                "It works. shop on db-eu-1.shop.example: 8 tables, 6.2 GB, 38 sessions, PostgreSQL"
                        + " 17.4. 2 rights and 1 extension more would let it do all; without them it"
                        + " only advises.",
                stages,
                List.of(
                        new Check(Grade.GOOD, "Version", "17.4", "17 or newer"),
                        new Check(
                                Grade.GOOD,
                                "TLS",
                                "1.3, verify-full, certificate to 8 Mar 2027",
                                "all"),
                        new Check(Grade.GOOD, "pg_monitor", "granted", "all measures"),
                        new Check(Grade.MISSING, "pg_signal_backend", "missing", "ending sessions"),
                        new Check(Grade.MISSING, "pg_maintain", "missing", "vacuum, reindex"),
                        new Check(Grade.GOOD, "write rights", "none", "safety"),
                        new Check(Grade.GOOD, "pg_stat_statements", "1.11", "Queries, Ask"),
                        new Check(
                                Grade.MISSING,
                                "pgstattuple",
                                "available, not created",
                                "exact bloat"),
                        new Check(Grade.NOTE, "track_io_timing", "off", "I/O time"),
                        new Check(Grade.GOOD, "connections", "38 of 200; our budget 3", "safety")),
                """
                -- by a superuser; without it those parts only advise
                grant pg_signal_backend, pg_maintain to lakebaseops;
                create extension if not exists pgstattuple;\
                """,
                List.of("shop.inventory has 12.4 % dead rows"),
                null,
                List.of(),
                new ConnectionReport.Cost(2, 3, Duration.ofMillis(97)),
                Instant.parse("2026-11-24T13:20:00Z"));
    }

    private static ConnectionReport refused(List<ConnectionStage> stages) {
        return new ConnectionReport(
                "Login refused for user lakebaseops on db-eu-1.shop.example: the server says the"
                        + " password is wrong. The way to it works.",
                stages,
                List.of(),
                "",
                List.of(),
                new Failure(
                        Part.PASSWORD,
                        "FATAL: password authentication failed for user \"lakebaseops\"",
                        "28P01",
                        List.of(
                                new Hint(
                                        "Type the password again",
                                        "the one used was of ~/.pgpass, line 1"),
                                new Hint(
                                        "Use another login that is known here",
                                        "line 2: report@db-eu-1.shop.example"),
                                new Hint(
                                        "Ask an administrator to make the login or set its"
                                                + " password",
                                        "no password in the text; it is set with \\password",
                                        """
                                        create role lakebaseops login connection limit 3;
                                        grant pg_monitor to lakebaseops;
                                        grant connect on database shop to lakebaseops;
                                        \\password lakebaseops\
                                        """),
                                new Hint(
                                        "Password certainly right?",
                                        "The server answers the same when the user does not exist"
                                                + " or the password has expired (VALID UNTIL).")),
                        null),
                List.of(),
                new ConnectionReport.Cost(2, 0, Duration.ofMillis(69)),
                Instant.parse("2026-11-24T13:20:00Z"));
    }

    @Override
    public void acceptHostKey(ConnectionDraft draft) {}

    @Override
    public TargetId save(ConnectionDraft draft, @Nullable TargetId chosen) {
        kept.add(draft);
        keep(draft.profile(), null);
        return chosen == null
                ? new TargetId(draft.profile().name(), TargetId.PLAIN, "db-eu-1.shop.example:5432")
                : chosen;
    }

    @Override
    public void remove(String name) {
        removed.add(name);
        lines.removeIf(l -> l.profile().name().equals(name));
    }

    @Override
    public void move(String name, int by) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).profile().name().equals(name)) {
                lines.add(i + by, lines.remove(i));
                return;
            }
        }
    }
}
