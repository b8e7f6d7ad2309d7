package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps that index a partitioned table without blocking its writers for longer than a moment.
/// A build that was interrupted goes on where it stopped: valid parts are used as they are, an
/// invalid one is built again.
final class PartitionedBuild {
    private final ReadSession session;
    private final IndexSteps steps;
    private final CreateIndex create;

    PartitionedBuild(ReadSession session, IndexSteps steps, CreateIndex create) {
        this.session = session;
        this.steps = steps;
        this.create = create;
    }

    /// Adds the steps and returns the name of the index at the top.
    Ident plan(List<Step> acts) {
        var parts = parts();
        var wanted = new LinkedHashMap<PartitionTable, Ident>();
        parts.forEach(p -> wanted.put(p, wanted(p)));
        var named = NamedIndex.of(session, wanted.values());
        var indexOf = new HashMap<Ident, Ident>();
        var attach = new ArrayList<Step>();
        for (var part : parts) {
            var there = named.get(wanted.get(part));
            var index = build(part, wanted(part), there, acts);
            indexOf.put(part.ident(), index);
            var above = part.parent() == null ? null : indexOf.get(part.parent());
            if (above != null && !(there != null && there.isAttached())) {
                // The deepest first: a partitioned part is valid once all of its own are attached.
                attach.addFirst(steps.attach(above, index));
            }
        }
        acts.addAll(attach);
        var top = indexOf.get(create.tableIdent());
        if (top == null) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Planning index " + create.index().parts().getLast(),
                    "table %s.%s is gone".formatted(create.schema(), create.table()),
                    "run the tool again");
        }
        return top;
    }

    private List<PartitionTable> parts() {
        return session.query(
                IndexSql.PARTITION_TABLES,
                Map.of("schema_name", create.schema(), "table_name", create.table()),
                PartitionTable.class);
    }

    private Ident wanted(PartitionTable part) {
        return create.index(part.schemaName(), part.tableName());
    }

    private Ident build(
            PartitionTable part, Ident wanted, @Nullable NamedIndex there, List<Step> acts) {
        if (there == null) {
            acts.add(create(part, wanted));
            return wanted;
        }
        if (!there.leftOf(part.tableOid(), create.keys())) {
            var another = IndexNames.another(wanted);
            acts.add(create(part, another));
            return another;
        }
        // A partitioned index is invalid until all its parts are attached; nothing is wrong with
        // it.
        if (!there.isPartitioned() && !there.isUsable()) {
            acts.add(steps.dropConcurrently(wanted, 0));
            acts.add(create(part, wanted));
        }
        return wanted;
    }

    private Step create(PartitionTable part, Ident index) {
        var name = index.parts().getLast();
        return part.isLeaf()
                ? steps.createConcurrently(name, part.ident(), create.keys(), part.tableBytes())
                : steps.createOnParent(name, part.ident(), create.keys());
    }
}
