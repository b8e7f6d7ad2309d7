package io.lakebaseops.twin;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.twin.TwinImport.RelationFile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Indexes that stand in the planner twin for a while, each shown to the planner or hidden from it.
/// Of a partitioned table every partition gets its part, as large as its share of the rows.
public final class IndexTrials {
    private final TwinDatabase twin;
    private final TwinConnection admin;
    private final Path data;
    private final List<NewIndex> built = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<Ident, List<Part>> parts = new HashMap<>();
    private final Set<Long> hideable = new LinkedHashSet<>();

    IndexTrials(TwinDatabase twin, TwinConnection admin, Path data) {
        this.twin = twin;
        this.admin = admin;
        this.data = data;
    }

    /// As `twin/index_parts` returns it.
    private record Part(
            String indexName, long partOid, String partName, String partKey, String tableKey) {}

    /// As `twin/leaf_tables` returns it.
    private record Leaf(String key) {}

    /// Why some could not be made, by their names.
    public Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /// The names that plans give to an index that is tried.
    public Set<String> namesOf(NewIndex index) {
        return namesInPlans(index.schema(), index.table(), index.name());
    }

    /// Fails where one of them could not be made.
    public void mustBeBuilt() {
        refused.values().stream()
                .findFirst()
                .ifPresent(
                        why -> {
                            throw TwinConnection.failed(new IllegalStateException(why));
                        });
    }

    /// Of these indexes of a table the planner sees only the shown ones from now on.
    public void show(
            String schema, String table, Collection<String> all, Collection<String> shown) {
        var names = Set.copyOf(all);
        var seen = Set.copyOf(shown);
        var changed = parts(schema, table).stream().filter(p -> names.contains(p.indexName()));
        var oids = changed.toList();
        oids.forEach(p -> hideable.add(p.partOid()));
        show(
                oids.stream().map(Part::partOid).toList(),
                oids.stream()
                        .filter(p -> seen.contains(p.indexName()))
                        .map(Part::partOid)
                        .toList());
    }

    private void show(List<Long> all, List<Long> shown) {
        try {
            admin.update(TwinSql.SHOW_INDEXES, Map.of("all", all, "shown", shown));
        } catch (SQLException e) {
            throw TwinConnection.failed(e);
        }
    }

    /// The names that plans give to an index: its own, or those of its parts on partitions.
    public Set<String> namesInPlans(String schema, String table, String index) {
        return parts(schema, table).stream()
                .filter(p -> p.indexName().equals(index))
                .map(Part::partName)
                .collect(Collectors.toSet());
    }

    private List<Part> parts(String schema, String table) {
        return parts.computeIfAbsent(
                Ident.of(schema, table),
                _ ->
                        admin.query(
                                TwinSql.INDEX_PARTS,
                                Map.of("schema", schema, "name", table),
                                Part.class));
    }

    void build(List<NewIndex> indexes) throws SQLException, IOException {
        var tables = new LinkedHashMap<Ident, List<NewIndex>>();
        for (var index : indexes) {
            tables.computeIfAbsent(Ident.of(index.schema(), index.table()), _ -> new ArrayList<>())
                    .add(index);
        }
        for (var one : tables.values()) {
            build(one.getFirst().schema(), one.getFirst().table(), one);
        }
    }

    /// CREATE INDEX reads the table from end to end: for that moment it is empty. It also counts
    /// the rows it saw, none, into the table's numbers, which are given back; and it fills the
    /// index, of which only the length and height matter.
    private void build(String schema, String table, List<NewIndex> indexes)
            throws SQLException, IOException {
        var files = files();
        var leaves =
                admin
                        .query(
                                TwinSql.LEAF_TABLES,
                                Map.of("schema", schema, "name", table),
                                Leaf.class)
                        .stream()
                        .map(l -> files.get(l.key()))
                        .filter(f -> f != null && f.path() != null)
                        .toList();
        if (leaves.isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    "Planning with an index on " + table,
                    "the table is not in the twin",
                    "try it on a branch");
        }
        double all = Math.max(1, leaves.stream().mapToDouble(RelationFile::tuples).sum());
        var shares = new HashMap<String, Double>();
        for (var index : indexes) {
            shares.put(
                    index.name(),
                    index.predicate() == null ? 1.0 : Math.clamp(twin.matching(index) / all, 0, 1));
        }
        var blocks = twin.blocks();
        try {
            for (var leaf : leaves) {
                RelationFiles.resize(path(leaf), 0);
            }
            create(indexes);
        } finally {
            for (var leaf : leaves) {
                RelationFiles.resize(path(leaf), blocks.getOrDefault(leaf.key(), 0L));
            }
        }
        number(leaves.stream().map(IndexTrials::asBefore).toList());
        stretch(schema, table, leaves, all, shares);
    }

    /// A session of its own: an older one remembers how long the files were.
    private void create(List<NewIndex> indexes) {
        try (var builder = twin.session()) {
            for (var index : indexes) {
                try {
                    builder.execute(index.definition());
                    built.add(index);
                } catch (SQLException e) {
                    refused.put(index.name(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void stretch(
            String schema,
            String table,
            List<RelationFile> leaves,
            double all,
            Map<String, Double> shares)
            throws SQLException, IOException {
        var files = files();
        var tuples =
                leaves.stream().collect(Collectors.toMap(RelationFile::key, RelationFile::tuples));
        var made = built.stream().collect(Collectors.toMap(NewIndex::name, Function.identity()));
        var sizes = new ArrayList<RelationSize>();
        for (var part : parts(schema, table)) {
            var index = made.get(part.indexName());
            var file = files.get(part.partKey());
            if (index == null || file == null || file.path() == null) {
                continue;
            }
            double rows = tuples.getOrDefault(part.tableKey(), 0.0);
            long pages = (long) Math.max(1, Math.ceil(index.pages() * rows / all));
            TwinImport.stretch(path(file), pages, file);
            sizes.add(size(file, rows * shares.getOrDefault(index.name(), 1.0), pages, 0));
        }
        number(sizes);
    }

    private static RelationSize asBefore(RelationFile leaf) {
        return size(leaf, leaf.tuples(), leaf.pages(), leaf.allVisible());
    }

    private static RelationSize size(RelationFile of, double tuples, long pages, long visible) {
        return new RelationSize(
                of.schemaName(), of.relationName(), "", null, tuples, pages, visible, 0);
    }

    private void number(List<RelationSize> sizes) throws SQLException {
        admin.update(TwinSql.FILL_NUMBERS, Map.of("rows", TwinImport.json(sizes)));
    }

    private Map<String, RelationFile> files() {
        return TwinImport.files(admin, null).stream()
                .collect(Collectors.toMap(RelationFile::key, Function.identity(), (a, _) -> a));
    }

    private Path path(RelationFile file) {
        return data.resolve(String.valueOf(file.path()));
    }

    /// Everything as it was: the built ones gone, the hidden ones back.
    void end() throws SQLException {
        if (!hideable.isEmpty()) {
            var all = List.copyOf(hideable);
            show(all, all);
        }
        try (var builder = twin.session()) {
            for (var index : built) {
                builder.execute("DROP INDEX " + Ident.of(index.schema(), index.name()).sql());
            }
        }
    }
}
