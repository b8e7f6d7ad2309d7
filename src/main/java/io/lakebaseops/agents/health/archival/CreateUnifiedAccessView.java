package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.state.Archivals;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// Writes the view that shows a table and its archive as one on Databricks, over the registered
/// catalog and the archive, and proves on the spot that both sides answer together.
///
/// It files no plan: the view is made in Unity Catalog by whoever may, with the text given here.
public final class CreateUnifiedAccessView
        implements ChangeTool<CreateUnifiedAccessView.Input, CreateUnifiedAccessView.Output> {
    private static final int LISTED = 500;

    private final Archivals archivals;
    private final UnifiedQuery query;

    public CreateUnifiedAccessView(Archivals archivals, UnifiedQuery query) {
        this.archivals = archivals;
        this.query = query;
    }

    /// @param archive null: the one the table was archived to
    public record Input(
            @Doc("Archived table, as schema.table") String table,
            @Doc("Archive table, as schema.table; left out: the one it was archived to")
                    @Nullable String archive,
            @Doc(value = "Unity Catalog name of the registered database", defaultValue = "prod")
                    String catalog) {}

    /// @param statement for a SQL warehouse
    /// @param onBothSides keys in the table and in the archive; 0 unless an archival is open
    public record Output(String statement, long hotRows, long coldRows, long onBothSides) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                CreateUnifiedAccessView.class,
                "Writes the Databricks view over a table and its archive, and asks both sides together to see that it holds",
                "C.archival");
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        int dot = input.table().indexOf('.');
        var schema = dot < 0 ? "public" : input.table().substring(0, dot);
        var table = input.table().substring(dot + 1);
        var order =
                archivals.list(context.target(), LISTED).stream()
                        .filter(a -> a.schema().equals(schema) && a.table().equals(table))
                        .filter(
                                a ->
                                        input.archive() == null
                                                || input.archive().equals(a.archiveTable()))
                        .findFirst()
                        .map(a -> a.archiveStep().order())
                        .orElseThrow(() -> absent(input.table()));
        var select = "select 1 as one from " + Ident.of(schema, table).sql() + " limit 1";
        var answer =
                query.ask(context.target(), schema, table, select, Deadline.in(UnifiedQuery.LIMIT));
        return new Proposal<>(
                new Outcome.Found<>(
                        new Output(
                                statement(order, input.catalog()),
                                answer.hotRows(),
                                answer.coldRows(),
                                answer.onBothSides()),
                        Source.LIVE,
                        List.of(),
                        List.of(),
                        List.of(
                                "the view is not made here: run the statement on a SQL warehouse as the owner of the schema lakebase_archive")),
                List.of());
    }

    /// Types are those of the archive, so the table's side is cast to them.
    static String statement(ArchiveOrder order, String catalog) {
        var hot =
                order.columns().stream()
                        .map(
                                c ->
                                        "cast(%s as %s) as %s"
                                                .formatted(
                                                        quoted(c.name()),
                                                        spark(c.storedAs()),
                                                        quoted(c.name())))
                        .collect(Collectors.joining(", "));
        var cold =
                order.columns().stream()
                        .map(c -> quoted(c.archivedAs()) + " as " + quoted(c.name()))
                        .collect(Collectors.joining(", "));
        return "create or replace view ops_catalog.lakebase_archive.%s as\nselect %s\n  from %s.%s.%s\nunion all\nselect %s\n  from ops_catalog.%s"
                .formatted(
                        quoted(order.schema() + "__" + order.table() + "_all"),
                        hot,
                        quoted(catalog),
                        quoted(order.schema()),
                        quoted(order.table()),
                        cold,
                        archive(order.archiveTable()));
    }

    private static String archive(String name) {
        int dot = name.indexOf('.');
        return quoted(name.substring(0, dot)) + "." + quoted(name.substring(dot + 1));
    }

    private static String spark(String stored) {
        return switch (stored) {
            case "text" -> "string";
            case "long" -> "bigint";
            default -> stored;
        };
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static OpsException absent(String table) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "The archive of " + table,
                "nothing of this table was archived there",
                "archive it first");
    }
}
