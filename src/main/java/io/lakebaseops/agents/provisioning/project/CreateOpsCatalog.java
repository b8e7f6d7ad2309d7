package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.TableStatus;

import java.util.List;
import java.util.Locale;

/// Makes sure that all tables of our history exist with the right columns. Creates what is absent,
/// adds missing columns and reports table by table.
public final class CreateOpsCatalog
        implements ReadTool<CreateOpsCatalog.Input, CreateOpsCatalog.Output> {
    private final Lakehouse lakehouse;

    public CreateOpsCatalog(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    public record Input(
            @Doc(value = "Name of the catalog", defaultValue = "\"ops_catalog\"") String catalog) {}

    /// @param usable tables that can be written and read now
    public record Output(String catalog, int tables, int usable, List<Table> each) {
        public Output {
            each = List.copyOf(each);
        }
    }

    /// @param outcome `created`, `present`, `extended`, `mismatch` or `failed`
    /// @param notes columns added, or what does not fit
    public record Table(String name, String outcome, long version, List<String> notes) {
        public Table {
            notes = List.copyOf(notes);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        CreateOpsCatalog.class,
                        "Creates the history tables that are absent, adds missing columns, checks their"
                                + " types",
                        "A.project")
                .appendingHistory()
                .about(ToolDescriptor.Scope.CONSOLE);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        if (!input.catalog().equals(TableName.CATALOG)) {
            return Outcome.unavailable(
                    "the history lives in the catalog " + TableName.CATALOG,
                    "leave the catalog out, or choose another home for the history in Settings");
        }
        context.progress().at(-1, "Looking at " + OpsTables.ALL.size() + " tables");
        var each = lakehouse.ensureTables(OpsTables.ALL);
        var caveats =
                each.stream()
                        .filter(t -> !t.usable())
                        .map(
                                t ->
                                        "%s cannot be used: %s"
                                                .formatted(t.table(), String.join("; ", t.notes())))
                        .toList();
        var output =
                new Output(
                        input.catalog(),
                        each.size(),
                        (int) each.stream().filter(TableStatus::usable).count(),
                        each.stream().map(CreateOpsCatalog::table).toList());
        return new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats);
    }

    private static Table table(TableStatus s) {
        return new Table(
                s.table().toString(),
                s.outcome().name().toLowerCase(Locale.ROOT),
                s.version(),
                s.notes());
    }
}
