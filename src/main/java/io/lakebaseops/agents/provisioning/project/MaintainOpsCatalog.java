package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableDef;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Compacts and ages the history tables. Every day each one loses the rows past its retention and
/// gets its small files merged; what there is no time for is left to the next day.
public final class MaintainOpsCatalog
        implements ReadTool<MaintainOpsCatalog.Input, MaintainOpsCatalog.Output> {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final Lakehouse lakehouse;
    private final List<TableDef> tables;

    public MaintainOpsCatalog(Lakehouse lakehouse) {
        this(lakehouse, OpsTables.ALL);
    }

    MaintainOpsCatalog(Lakehouse lakehouse, List<TableDef> tables) {
        this.lakehouse = lakehouse;
        this.tables = List.copyOf(tables);
    }

    /// Each history has turns of its own: that of a console which is never first is maintained too.
    public static Map<String, String> turns(Path history) {
        var job = ToolDescriptor.name(MaintainOpsCatalog.class).replace('_', '-');
        return Map.of(job, history.toAbsolutePath().toString());
    }

    public record Input(
            @Doc(value = "Only this table; empty for all", defaultValue = "\"\"") String table) {}

    /// @param filesLeft small or expired files that there was no time for
    public record Output(
            int tables, long rowsExpired, int filesMerged, int filesLeft, List<Table> each) {
        public Output {
            each = List.copyOf(each);
        }
    }

    /// @param rows after it; -1 when another program added files without counting their rows
    /// @param bytes after it
    public record Table(
            String name,
            long rowsExpired,
            int filesMerged,
            int filesLeft,
            int filesDeleted,
            long rows,
            int files,
            long bytes,
            double seconds) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        MaintainOpsCatalog.class,
                        "Removes expired rows from the history tables and merges their small files",
                        "A.project")
                .appendingHistory()
                .about(ToolDescriptor.Scope.CONSOLE)
                .within(TIMEOUT)
                .every("30 1 * * *");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var chosen =
                tables.stream()
                        .filter(
                                t ->
                                        input.table().isEmpty()
                                                || t.name().table().equals(input.table()))
                        .toList();
        if (chosen.isEmpty()) {
            return Outcome.unavailable(
                    "there is no history table " + input.table(), "leave the name out for all");
        }
        var each = new ArrayList<Table>();
        var caveats = new ArrayList<String>();
        for (int i = 0; i < chosen.size(); i++) {
            var table = chosen.get(i);
            context.progress().at(i / (double) chosen.size(), table.name().table());
            if (context.deadline().cancelled()) {
                context.deadline().check("Maintaining the history");
            }
            try {
                var report =
                        lakehouse.maintain(
                                table.name(),
                                context.runId().toString(),
                                share(context.deadline(), chosen.size() - i));
                each.add(table(report));
            } catch (OpsException e) {
                if (e.kind() == OpsException.Kind.CANCELLED) {
                    throw e;
                }
                if (e.kind() != OpsException.Kind.NOT_FOUND) {
                    caveats.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return new Outcome.Found<>(output(each), Source.LIVE, List.of(), List.of(), caveats);
    }

    /// A table with a backlog must not take the time of those after it.
    private static Deadline share(Deadline all, int tablesLeft) {
        var part = Deadline.in(all.remaining().dividedBy(tablesLeft));
        all.onCancel(part::cancel);
        return part;
    }

    private static Output output(List<Table> each) {
        return new Output(
                each.size(),
                each.stream().mapToLong(Table::rowsExpired).sum(),
                each.stream().mapToInt(Table::filesMerged).sum(),
                each.stream().mapToInt(Table::filesLeft).sum(),
                each);
    }

    private static Table table(MaintenanceReport report) {
        return new Table(
                report.table().table(),
                report.rowsExpired(),
                report.filesMerged(),
                report.filesLeft(),
                report.filesDeleted(),
                report.after().rows(),
                report.after().files(),
                report.after().bytes(),
                report.took().toMillis() / 1000.0);
    }
}
