package io.lakebaseops.agents.health.archival;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.archival.ArchiveProofs;
import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.change.archival.ColdStore;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Postcondition.ArchivedRows.Place;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/// Everything a move needs, real: server, state database, lakehouse. A process that is killed is
/// one that throws [Killed] at a moment: nothing of ours catches it, and open transactions end.
record ArchiveRig(
        Pg17.Database database,
        ToolRig tools,
        String stateUrl,
        StateDb state,
        ArchivalStore journal,
        Lakehouse lakehouse,
        ColdStore cold)
        implements AutoCloseable {
    static final class Killed extends Error {
        Killed(String moment) {
            super(moment);
        }
    }

    /// The tools look at every database of a server, so it is not the one all tests share.
    private static final class Holder {
        static final Pg17 SERVER = Pg17.started(List.of());
    }

    static void stop() {
        Holder.SERVER.stop();
    }

    static ArchiveRig of(String name, Path lake) {
        var clock = Clock.systemUTC();
        var database = Holder.SERVER.database(name);
        var stateUrl = StateDatabases.fresh("archival").url();
        var state = StateDb.open(StateDatabases.settings(stateUrl));
        var lakehouse = LocalLakehouse.open(lake, clock);
        lakehouse.ensureTables(List.of(OpsTables.DATA_ARCHIVAL_HISTORY));
        return new ArchiveRig(
                database,
                ToolRig.of(database),
                stateUrl,
                state,
                new ArchivalStore(state, clock),
                lakehouse,
                new DeltaColdStore(lakehouse, clock));
    }

    /// The plan of the tool, of a table whose rows are older than 90 days.
    ChangePlan plan(String table) {
        var proposal =
                new ArchiveColdDataToDelta(tools.targets(), tools.sql())
                        .propose(
                                new ArchiveColdDataToDelta.Input(table, 90, null), tools.context());
        if (proposal.plans().isEmpty()) {
            throw new AssertionError(String.valueOf(proposal.outcome()));
        }
        return proposal.plans().getFirst();
    }

    String refusal(String table) {
        var proposal =
                new ArchiveColdDataToDelta(tools.targets(), tools.sql())
                        .propose(
                                new ArchiveColdDataToDelta.Input(table, 90, null), tools.context());
        if (!proposal.plans().isEmpty()) {
            throw new AssertionError("planned: " + proposal.plans());
        }
        return String.join("\n", ToolRig.found(proposal.outcome()).caveats());
    }

    long run(Step step, ArchiveRunner.Moments moments) {
        return run(step, cold, moments);
    }

    long run(Step step, ColdStore store, ArchiveRunner.Moments moments) {
        var plan = UUID.randomUUID();
        WritePermit permit = () -> plan;
        return new ArchiveRunner(tools.targets(), journal, store, moments)
                .run(
                        tools.test().target(),
                        permit,
                        (Step.ArchiveStep) step,
                        Deadline.in(Duration.ofMinutes(10)));
    }

    /// What the proofs of a plan with this step say: whether it is so, and the sentence.
    List<ArchiveProofs.Seen> proofs(Step step, Place... places) {
        var order = ((Step.ArchiveStep) step).order();
        var proofs = new ArchiveProofs(tools.targets(), tools.sql(), journal, cold);
        return java.util.Arrays.stream(places)
                .map(
                        place ->
                                proofs.seen(
                                        tools.test().target(),
                                        new Postcondition.ArchivedRows(
                                                "", order.archival(), place, order.restored()),
                                        TestTargets.deadline()))
                .toList();
    }

    /// A new archival, in portions and batches so small that a few rows make several of both.
    static Step.ArchiveStep small(Step step) {
        return small(step, 4, 2);
    }

    static Step.ArchiveStep small(Step step, int portion, int batch) {
        var s = (Step.ArchiveStep) step;
        var o = s.order();
        var order =
                new ArchiveOrder(
                        UUID.randomUUID(),
                        o.direction(),
                        o.schema(),
                        o.table(),
                        o.timeColumn(),
                        o.before(),
                        o.days(),
                        o.archiveTable(),
                        o.columns(),
                        o.keys(),
                        o.pieces(),
                        o.restored(),
                        portion,
                        batch);
        return new Step.ArchiveStep(
                s.title(),
                s.database(),
                order,
                s.lock(),
                s.reversibility(),
                s.lockTimeout(),
                s.statementTimeout(),
                s.limit(),
                s.bytesTouched());
    }

    static Step.ArchiveStep back(Step step, String... keys) {
        var s = (Step.ArchiveStep) step;
        return new Step.ArchiveStep(
                "Restore",
                s.database(),
                ArchiveOrders.restore(s.order(), List.of(keys)),
                s.lock(),
                s.reversibility(),
                s.lockTimeout(),
                s.statementTimeout(),
                s.limit(),
                s.bytesTouched());
    }

    /// The rows of the table, as the server prints them.
    List<String> hot(String table) throws SQLException {
        return texts("select row(t.*)::text from " + table + " t order by 1");
    }

    List<String> texts(String query) throws SQLException {
        try (var connection = database.dba();
                var statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            try (var rows = statement.executeQuery(query)) {
                var all = new java.util.ArrayList<String>();
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
                return all;
            }
        }
    }

    /// Keys in the archive, one entry per row that any reader would see.
    List<String> archived(Step step) {
        var order = ((Step.ArchiveStep) step).order();
        var all = new java.util.ArrayList<String>();
        for (var portion : journal.portions(order.archival())) {
            cold.read(order, portion.number()).forEach(r -> all.add(r.key()));
        }
        return List.copyOf(new TreeSet<>(all)).size() == all.size() ? all : doubled(all);
    }

    private static List<String> doubled(List<String> all) {
        throw new AssertionError("rows stand twice in the archive: " + all);
    }

    @Override
    public void close() {
        tools.close();
        state.close();
        lakehouse.close();
    }
}
