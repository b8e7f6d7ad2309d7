package io.lakebaseops.app;

import io.lakebaseops.console.connect.FoundPlace;
import io.lakebaseops.console.connect.FoundPlace.Entry;
import io.lakebaseops.console.connect.FoundPlace.Fill;
import io.lakebaseops.lakebase.DatabricksProfiles;
import io.lakebaseops.postgres.FoundServers;
import io.lakebaseops.postgres.FoundServers.Found;
import io.lakebaseops.postgres.PassFile;
import io.lakebaseops.postgres.PastedConnection;

import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// Looks for connections on this computer: Databricks profiles, service entries, environment
/// variables, `.pgpass`, and servers that listen here. Reads files and tries no login.
///
/// @param home of the user; @param environment of the process
record FoundOnMachine(Path home, Map<String, String> environment, ExecutorService background) {
    FoundOnMachine {
        environment = Map.copyOf(environment);
    }

    /// One place that cannot be read costs no other.
    List<FoundPlace> look() {
        var places = new ArrayList<FoundPlace>();
        places.add(databricks());
        places.addAll(services());
        places.add(
                place(
                        "PGHOST, PGUSER, PGDATABASE",
                        FoundServers.environment(environment).stream().toList(),
                        Feather.TERMINAL));
        places.add(passFile());
        places.add(
                place(
                        "Listening on this machine",
                        FoundServers.listening(background),
                        Feather.HARD_DRIVE));
        return List.copyOf(places);
    }

    private FoundPlace databricks() {
        var file = DatabricksProfiles.place(home, environment);
        try {
            var entries =
                    DatabricksProfiles.read(file).stream()
                            .map(
                                    p ->
                                            new Entry(
                                                    Feather.CLOUD,
                                                    p.name(),
                                                    p.usable() ? p.host() : "it names no host",
                                                    p.usable() ? p.login() : "cannot be used",
                                                    p.usable()
                                                            ? new Fill.Profile(p.name(), p.host())
                                                            : null))
                            .toList();
            return new FoundPlace(shown(file), count(entries), entries);
        } catch (IOException e) {
            return new FoundPlace(shown(file), "cannot be read", List.of());
        }
    }

    private List<FoundPlace> services() {
        try {
            var places = new ArrayList<FoundPlace>();
            FoundServers.services()
                    .forEach(
                            (file, found) -> {
                                var entries = found.stream().map(FoundOnMachine::service).toList();
                                places.add(new FoundPlace(shown(file), count(entries), entries));
                            });
            return places;
        } catch (IOException e) {
            return List.of(new FoundPlace("pg_service.conf", "cannot be read", List.of()));
        }
    }

    private static Entry service(Found found) {
        return new Entry(
                Feather.SERVER,
                found.name(),
                found.words(),
                "",
                PastedConnection.read(PastedConnection.written(Map.of("service", found.name())))
                                instanceof PastedConnection.Server server
                        ? new Fill.Server(server, found.keywords())
                        : null);
    }

    private FoundPlace passFile() {
        var file = PassFile.place(home, environment);
        try {
            return place(shown(file), FoundServers.passFile(PassFile.read(file)), Feather.KEY);
        } catch (IOException e) {
            return new FoundPlace(shown(file), "cannot be read", List.of());
        }
    }

    private static FoundPlace place(String title, List<Found> found, Feather icon) {
        var entries =
                found.stream()
                        .map(
                                f ->
                                        new Entry(
                                                icon,
                                                f.name(),
                                                f.words(),
                                                "",
                                                PastedConnection.read(
                                                                        PastedConnection.written(
                                                                                f.keywords()))
                                                                instanceof
                                                                PastedConnection.Server server
                                                        ? new Fill.Server(server, Map.of())
                                                        : null))
                        .toList();
        return new FoundPlace(title, count(entries), entries);
    }

    private static String count(List<Entry> entries) {
        return entries.isEmpty() ? "" : Integer.toString(entries.size());
    }

    private String shown(Path file) {
        return file.startsWith(home) ? "~/" + home.relativize(file) : file.toString();
    }
}
