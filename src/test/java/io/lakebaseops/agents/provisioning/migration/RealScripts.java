package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.sqltext.SqlScript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Do scripts nobody here wrote pass our reader as they pass PostgreSQL? Run by hand: each file is
/// cut by us and sent statement by statement; psql runs the same files into another database, to
/// be compared with `SchemaOfScripts`. Arguments: JDBC URL, then the files in their order.
final class RealScripts {
    private RealScripts() {}

    static void main(String[] args) throws IOException, SQLException {
        int files = 0;
        int statements = 0;
        var forms = new TreeMap<String, Integer>();
        var hazards = new TreeMap<String, Integer>();
        try (var c =
                        DriverManager.getConnection(
                                args[0] + "?preferQueryMode=simple", "postgres", "");
                var s = c.createStatement()) {
            s.setEscapeProcessing(false);
            for (int i = 1; i < args.length; i++) {
                var text = Files.readString(Path.of(args[i]));
                files++;
                var script = SqlScript.of(SqlScript.withoutBom(text));
                if (!script.joined().equals(SqlScript.withoutBom(text))) {
                    System.out.println(args[i] + ": cutting lost text");
                }
                for (var statement : script.statements()) {
                    statements++;
                    try {
                        s.execute(statement.text());
                    } catch (SQLException e) {
                        System.out.println(
                                args[i]
                                        + ":"
                                        + statement.line()
                                        + ": "
                                        + e.getMessage().lines().findFirst().orElse(""));
                    }
                    var acts = MigrationFile.acts(statement);
                    acts.forEach(a -> forms.merge(a.form().name(), 1, Integer::sum));
                    if (acts.isEmpty()) {
                        var parsed = statement.parsed().single();
                        forms.merge(
                                "- " + (parsed == null ? "not understood" : parsed.command()),
                                1,
                                Integer::sum);
                    }
                }
                lint(args[i], text, hazards);
            }
        }
        System.out.printf("%d files, %d statements%n%s%n%s%n", files, statements, forms, hazards);
    }

    private static void lint(String path, String text, TreeMap<String, Integer> hazards) {
        try {
            var file =
                    MigrationFile.of(
                            "V1__"
                                    + Path.of(path)
                                            .getFileName()
                                            .toString()
                                            .replaceAll("[^a-zA-Z0-9.]", "_"),
                            text);
            var found =
                    new ArrayList<>(
                            new HazardLint(LiveTables.none(), Duration.ofSeconds(3))
                                    .lint(List.of(file)));
            found.forEach(h -> hazards.merge(h.rule(), 1, Integer::sum));
        } catch (OpsException e) {
            hazards.merge(
                    "refused: "
                            + e.getMessage()
                                    .replaceAll("Migration \\S+ ", "")
                                    .replaceAll("[0-9]+", "N"),
                    1,
                    Integer::sum);
        }
    }
}
