package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.platform.UserFolders;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// An entry of libpq's connection service file, `pg_service.conf`, read as libpq reads it (manual
/// 32.17): a value is taken literally to the end of its line.
///
/// The driver's own reader gives up a whole entry over one keyword it does not know.
record ServiceFile(Path file, Map<String, Setting> settings) {
    ServiceFile {
        settings = Map.copyOf(settings);
    }

    /// @param line where it stands
    record Setting(String value, int line) {}

    static ServiceFile entry(String profile, String service) {
        var looked = new ArrayList<Path>();
        for (var file : places()) {
            looked.add(file);
            if (Files.isReadable(file)) {
                var settings = read(profile, file, service);
                if (settings != null) {
                    return new ServiceFile(file, settings);
                }
            }
        }
        throw ConnectionString.invalid(
                profile,
                "no service file has an entry [%s]; looked into %s"
                        .formatted(
                                service,
                                String.join(", ", looked.stream().map(Path::toString).toList())));
    }

    /// Every entry of every file there is.
    static Map<Path, List<FoundServers.Found>> all() throws IOException {
        var found = new LinkedHashMap<Path, List<FoundServers.Found>>();
        for (var file : places()) {
            if (!Files.isReadable(file)) {
                found.put(file, List.of());
                continue;
            }
            var entries = new ArrayList<FoundServers.Found>();
            Map<String, String> settings = new LinkedHashMap<>();
            for (var text : Files.readAllLines(file)) {
                var line = text.strip();
                int equals = line.indexOf('=');
                if (line.startsWith("[") && line.endsWith("]")) {
                    settings = new LinkedHashMap<>();
                    entries.add(
                            new FoundServers.Found(line.substring(1, line.length() - 1), Map.of()));
                } else if (!line.startsWith("#") && equals > 0 && !entries.isEmpty()) {
                    settings.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
                    settings.remove("password");
                    entries.add(new FoundServers.Found(entries.removeLast().name(), settings));
                }
            }
            found.put(file, List.copyOf(entries));
        }
        return found;
    }

    /// The user's own comes first; the one of the system is looked into as well.
    private static List<Path> places() {
        var chosen =
                System.getProperty("org.postgresql.pgservicefile", System.getenv("PGSERVICEFILE"));
        var system = System.getenv("PGSYSCONFDIR");
        return Stream.of(
                        chosen == null ? UserFolders.ofThisUser().serviceFile() : Path.of(chosen),
                        system == null ? null : Path.of(system, "pg_service.conf"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Map<String, Setting> read(String profile, Path file, String service) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Connection profile " + profile,
                    "the service file %s cannot be read: %s".formatted(file, e),
                    "correct it, or name another one by PGSERVICEFILE",
                    e);
        }
        Map<String, Setting> found = null;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (found != null) {
                    break;
                }
                found = line.equals("[" + service + "]") ? new LinkedHashMap<>() : null;
            } else if (found != null) {
                int equals = line.indexOf('=');
                if (equals < 1) {
                    throw ConnectionString.invalid(
                            profile, "%s, line %d is no keyword=value".formatted(file, i + 1));
                }
                found.putIfAbsent(
                        line.substring(0, equals), new Setting(line.substring(equals + 1), i + 1));
            }
        }
        return found;
    }

    /// Where this keyword stands, for a message.
    String place(String keyword) {
        var setting = settings.get(keyword);
        return setting == null ? "" : ", in %s, line %d".formatted(file, setting.line());
    }
}
