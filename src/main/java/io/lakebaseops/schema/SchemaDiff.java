package io.lakebaseops.schema;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The differences between two databases. Empty exactly when the two pictures are equal.
///
/// What lives on an added or removed table is part of that table and not listed again.
public record SchemaDiff(List<Change> changes) {
    public SchemaDiff {
        changes = List.copyOf(changes);
    }

    /// From `before` to `after`.
    public sealed interface Change {
        ObjectId id();

        record Added(ObjectId id, SchemaObject after) implements Change {}

        record Removed(ObjectId id, SchemaObject before) implements Change {}

        record Altered(
                ObjectId id, SchemaObject before, SchemaObject after, List<FacetChange> facets)
                implements Change {
            public Altered {
                facets = List.copyOf(facets);
            }
        }
    }

    /// @param facet what of the object, in the words of the catalog
    /// @param before null = none
    public record FacetChange(String facet, @Nullable String before, @Nullable String after) {}

    /// A change in plain words, ready to be written as JSON.
    ///
    /// @param change `added`, `removed` or `altered`
    public record Line(String change, String kind, String object, List<FacetChange> facets) {}

    public List<Line> lines() {
        return changes.stream()
                .map(
                        c ->
                                switch (c) {
                                    case Change.Added a -> line("added", a.id(), List.of());
                                    case Change.Removed r -> line("removed", r.id(), List.of());
                                    case Change.Altered a -> line("altered", a.id(), a.facets());
                                })
                .toList();
    }

    private static Line line(String change, ObjectId id, List<FacetChange> facets) {
        return new Line(change, id.kind().word(), id.toString(), facets);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public static SchemaDiff between(DatabaseSchema before, DatabaseSchema after) {
        var changes = new ArrayList<Change>();
        for (var a : before.objects().values()) {
            var b = after.find(a.id());
            if (b == null) {
                if (!a.id().onRelation() || after.objects().containsKey(before.home(a.id()))) {
                    changes.add(new Change.Removed(a.id(), a));
                }
            } else if (!a.equals(b)) {
                var facets = facets(a, b);
                if (!facets.isEmpty()) {
                    changes.add(new Change.Altered(a.id(), a, b, facets));
                }
            }
        }
        for (var b : after.objects().values()) {
            boolean isNew = before.find(b.id()) == null;
            if (isNew
                    && (!b.id().onRelation() || before.objects().containsKey(after.home(b.id())))) {
                changes.add(new Change.Added(b.id(), b));
            }
        }
        changes.sort(Comparator.comparing(Change::id));
        return new SchemaDiff(changes);
    }

    /// Columns that came or went are changes of their own; only another order is one of the table.
    private static List<FacetChange> facets(SchemaObject a, SchemaObject b) {
        var facets = PropertyDiff.between(a, b);
        if (!(a instanceof Relation.Table before && b instanceof Relation.Table after)
                || before.columns().equals(after.columns())) {
            return facets;
        }
        var others = new ArrayList<>(facets);
        others.removeIf(f -> f.facet().startsWith("columns"));
        if (!orderFollows(before, after)) {
            var from = String.join(", ", before.columns());
            others.add(new FacetChange("columns order", from, String.join(", ", after.columns())));
        }
        return others;
    }

    /// Does taking columns away and adding new ones at the end give the wanted order?
    static boolean orderFollows(Relation.Table before, Relation.Table after) {
        var reached = new LinkedHashSet<>(before.columns());
        reached.retainAll(after.columns());
        reached.addAll(after.columns());
        return List.copyOf(reached).equals(after.columns());
    }

    /// One line per change, `+` added, `-` removed, `~` altered, with what was and what is below.
    public String text() {
        if (changes.isEmpty()) {
            return "no difference";
        }
        return changes.stream().map(SchemaDiff::lines).collect(Collectors.joining("\n"));
    }

    private static String lines(Change change) {
        return switch (change) {
            case Change.Added c -> "+ " + c.id();
            case Change.Removed c -> "- " + c.id();
            case Change.Altered c ->
                    c.facets().stream()
                            .map(f -> "\n    " + f.facet() + ": " + show(f))
                            .collect(Collectors.joining("", "~ " + c.id(), ""));
        };
    }

    private static String show(FacetChange f) {
        var before = Objects.requireNonNullElse(f.before(), "(none)");
        var after = Objects.requireNonNullElse(f.after(), "(none)");
        return before.contains("\n") || after.contains("\n")
                ? "\n      was: %s\n      is:  %s".formatted(indent(before), indent(after))
                : before + " → " + after;
    }

    private static String indent(String text) {
        return text.strip().replace("\n", "\n           ");
    }
}
