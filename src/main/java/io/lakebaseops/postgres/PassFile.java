package io.lakebaseops.postgres;

import io.lakebaseops.platform.OperatingSystem;
import io.lakebaseops.platform.UserFolders;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// libpq's password file, `.pgpass` (manual 32.16). Only the driver takes a password out of it;
/// here it is read for which servers and users it has one.
public record PassFile(Path file, List<Line> lines) {
    private static final String ANY = "*";

    public PassFile {
        lines = List.copyOf(lines);
    }

    /// One line without its password.
    ///
    /// @param number from 1
    public record Line(int number, String host, String port, String database, String user) {
        /// Does libpq take this line for such a connection?
        public boolean fits(String toHost, String toPort, String toDatabase, String asUser) {
            return (host.equals(ANY) || host.equals(toHost))
                    && (port.equals(ANY) || port.equals(toPort))
                    && (database.equals(ANY) || database.equals(toDatabase))
                    && (user.equals(ANY) || user.equals(asUser));
        }

        public boolean namesOneServer() {
            return !host.equals(ANY) && !host.isEmpty() && !user.equals(ANY);
        }
    }

    /// @param home of the user; @param environment of the process
    public static Path place(Path home, Map<String, String> environment) {
        var chosen = environment.get("PGPASSFILE");
        return chosen == null || chosen.isBlank()
                ? new UserFolders(OperatingSystem.current(), home, environment).passwordFile()
                : Path.of(chosen);
    }

    /// Empty when there is none.
    public static PassFile read(Path file) throws IOException {
        var lines = new ArrayList<Line>();
        if (Files.isRegularFile(file)) {
            int number = 0;
            for (var text : Files.readAllLines(file)) {
                number++;
                var fields = fields(text);
                if (!text.startsWith("#") && fields.size() == 5) {
                    lines.add(
                            new Line(
                                    number,
                                    fields.get(0),
                                    fields.get(1),
                                    fields.get(2),
                                    fields.get(3)));
                }
            }
        }
        return new PassFile(file, lines);
    }

    /// The line that gives the password of such a connection.
    public Optional<Line> lineFor(
            String host, String port, @Nullable String database, String user) {
        return lines.stream()
                .filter(l -> l.fits(host, port, database == null ? user : database, user))
                .findFirst();
    }

    static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
