package io.lakebaseops.cli;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadResult;
import io.lakebaseops.guard.ReadResultJson;
import io.lakebaseops.postgres.TypedRows;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sql --read "…"`: run one statement that only reads, and print its rows.
@Command(
        name = "sql",
        description = "Run one statement of your own that only reads",
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Option(
            names = "--read",
            paramLabel = "SQL",
            required = true,
            description = "SELECT, VALUES, TABLE, WITH of those, EXPLAIN or SHOW")
    private String sql;

    @Option(names = "--database", paramLabel = "D", description = "Another than the default one")
    private @Nullable String database;

    @Mixin private final TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print JSON")
    private boolean json;

    SqlCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var id = services.target(target.choice());
        var deadline = Deadline.in(ReadCaps.USUAL.time().plusSeconds(30));
        var result = services.readSql().run(id, database, sql, deadline);
        if (json) {
            OutputWriter.json(out, ReadResultJson.of(result));
        }
        return switch (result) {
            case ReadResult.Rows r -> {
                if (!json) {
                    print(out, r.table());
                }
                yield ExitCode.OK;
            }
            case ReadResult.Refused r -> {
                explain(r);
                yield ExitCode.USAGE;
            }
            case ReadResult.Failed f -> {
                var at = f.position() < 0 ? "" : " (at character %d)".formatted(f.position() + 1);
                say(f.failure().getMessage() + at);
                yield ExitCode.of(f.failure());
            }
        };
    }

    private void explain(ReadResult.Refused refused) {
        var word = refused.word().isEmpty() ? "" : " '" + refused.word() + "'";
        var at = refused.position() < 0 ? "" : " at character %d".formatted(refused.position() + 1);
        say("Not run%s%s: %s".formatted(word, at, refused.sentence()));
    }

    private void say(String text) {
        var err = spec.commandLine().getErr();
        err.println(Format.printable(text));
        err.flush();
    }

    private static void print(PrintWriter out, TypedRows table) {
        var cells = new ArrayList<List<String>>();
        cells.add(table.columns().stream().map(TypedRows.Column::name).toList());
        for (var row : table.rows()) {
            cells.add(row.stream().map(v -> v == null ? "" : v).toList());
        }
        OutputWriter.table(out, cells);
        var more = table.more();
        out.println(
                "(%,d %s%s%s)"
                        .formatted(
                                table.rows().size(),
                                table.rows().size() == 1 ? "row" : "rows",
                                more == null
                                        ? ""
                                        : more == TypedRows.Cap.ROWS
                                                ? "; there are more: stopped at this many"
                                                : "; there are more: stopped at 4 MB",
                                table.cut() ? "; long values are cut" : ""));
        out.flush();
    }
}
