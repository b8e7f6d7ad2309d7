package io.lakebaseops.console.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.sync.PairList;
import io.lakebaseops.agents.health.sync.RepairPlans;
import io.lakebaseops.agents.health.sync.SyncBoard;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.PairCheck;
import io.lakebaseops.state.SyncPairs.Truth;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The synced tables of the server looked at, the pair and the key selected, and the check under
/// way. A repair is filed as a plan, never made.
public final class SyncViewModel extends ScreenModel<SyncSnapshot> {
    private static final String JOB = StandardJob.SYNC_VALIDATOR.title();

    private final SyncMonitor monitor;
    private final AgentFramework framework;
    private final JobScheduler jobs;
    private final PlanSubmitter desk;
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(Selection.NONE);
    private final ReadOnlyObjectWrapper<SyncBoard.@Nullable Running> running =
            new ReadOnlyObjectWrapper<>();

    public SyncViewModel(
            ConsoleSession session,
            SyncMonitor monitor,
            AgentFramework framework,
            JobScheduler jobs,
            PlanSubmitter desk) {
        super(session);
        this.monitor = monitor;
        this.framework = framework;
        this.jobs = jobs;
        this.desk = desk;
    }

    /// What a person looks at.
    ///
    /// @param pair name of the pair whose result is shown; null for none
    /// @param key in the pane
    /// @param kind only keys of this class
    /// @param bucket only keys of this bucket
    /// @param open groups whose keys are listed
    record Selection(
            @Nullable String pair,
            @Nullable DifferingKey key,
            @Nullable DifferenceClass kind,
            @Nullable Integer bucket,
            Set<String> open) {
        static final Selection NONE = new Selection(null, null, null, null, Set.of());

        Selection {
            open = Set.copyOf(open);
        }
    }

    @Override
    protected SyncSnapshot read(TargetId target) {
        var now = session.now();
        return new SyncSnapshot(
                monitor.read(target, now),
                jobs.jobs().stream()
                        .filter(j -> j.definition().name().equals(JOB))
                        .findFirst()
                        .map(JobScheduler.JobStatus::next)
                        .orElse(null),
                now);
    }

    @Override
    protected boolean isEmpty(SyncSnapshot picture) {
        return picture.pairs().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event.target().equals(session.target())
                && (event instanceof OpsEvent.SyncDriftDetected
                        || event instanceof OpsEvent.RunEnded run && run.tool().contains("sync"));
    }

    @Override
    protected void shown(SyncSnapshot picture) {
        tick();
        var s = selection.get();
        var name = s.pair();
        if (name == null || picture.pair(name).isEmpty()) {
            // What is worst is what one came for.
            picture.pairs().stream()
                    .max(
                            Comparator.comparingLong(SyncVerdict::differing)
                                    .thenComparing(p -> SyncWords.role(p)))
                    .ifPresentOrElse(
                            p -> selectPair(p.name()), () -> selection.set(Selection.NONE));
            return;
        }
        var key = s.key();
        if (key != null && !keys().contains(key)) {
            selectKey(
                    keys().stream()
                            .filter(k -> k.key().equals(key.key()))
                            .findFirst()
                            .orElse(null));
        }
    }

    /// The check under way as it is now; asks no server. Reads again when one has ended.
    void tick() {
        var before = running.get();
        var now = monitor.running(session.target()).orElse(null);
        running.set(now);
        if (before != null && now == null) {
            refresh();
        }
    }

    ReadOnlyObjectProperty<SyncBoard.@Nullable Running> runningProperty() {
        return running.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    Optional<Pair> pair() {
        var picture = dataProperty().get();
        var name = selection.get().pair();
        return picture == null || name == null ? Optional.empty() : picture.pair(name);
    }

    Optional<PairCheck> check() {
        return pair().flatMap(Pair::result).map(r -> r.check());
    }

    List<DifferingKey> keys() {
        return check().map(PairCheck::keys).orElse(List.of());
    }

    /// Those the chips and the strip leave.
    List<DifferingKey> shownKeys() {
        var s = selection.get();
        return keys().stream()
                .filter(k -> s.kind() == null || k.kind() == s.kind())
                .filter(k -> s.bucket() == null || k.bucket() == s.bucket())
                .toList();
    }

    void selectPair(String name) {
        if (!name.equals(selection.get().pair())) {
            selection.set(new Selection(name, null, null, null, Set.of()));
            selectKey(
                    KeyLine.of(keys(), Set.of()).stream()
                            .findFirst()
                            .map(KeyLine::key)
                            .orElse(null));
        }
    }

    void selectKey(@Nullable DifferingKey key) {
        var s = selection.get();
        selection.set(new Selection(s.pair(), key, s.kind(), s.bucket(), s.open()));
    }

    void only(@Nullable DifferenceClass kind) {
        var s = selection.get();
        selection.set(new Selection(s.pair(), s.key(), kind, s.bucket(), s.open()));
    }

    void only(@Nullable Integer bucket) {
        var s = selection.get();
        selection.set(new Selection(s.pair(), s.key(), s.kind(), bucket, s.open()));
    }

    void fold(String group) {
        var s = selection.get();
        var open = new HashSet<>(s.open());
        if (!open.remove(group)) {
            open.add(group);
        }
        selection.set(new Selection(s.pair(), s.key(), s.kind(), s.bucket(), open));
    }

    /// The next or the one before, round and round.
    void step(int by) {
        var keys = shownKeys();
        if (!keys.isEmpty()) {
            int at = keys.indexOf(selection.get().key());
            selectKey(keys.get(Math.floorMod(at + by, keys.size())));
        }
    }

    @Override
    protected void targetChanged() {
        selection.set(Selection.NONE);
        running.set(null);
    }

    /// Every pair, or the one named.
    void compare(@Nullable String pair) {
        var input = JsonNodeFactory.instance.objectNode();
        if (pair != null) {
            input.putArray("pairs").add(pair);
        }
        lookUp(
                target -> framework.run("run_full_sync_validation", input, target, session.actor()),
                this::compared);
    }

    private void compared(ToolReport report) {
        if (report.error() != null && report.status() != ToolReport.Status.CANCELLED) {
            say(report.error());
        }
        refresh();
    }

    void pause(boolean hold) {
        var check = running.get();
        if (check != null) {
            check.pause(hold);
            tick();
        }
    }

    void cancel() {
        var check = running.get();
        if (check != null) {
            check.cancel();
        }
    }

    void decide(PairList.Found found, boolean watch) {
        inBackground(() -> monitor.decide(found.pair(), watch, session.user()));
    }

    void watchAll() {
        var picture = dataProperty().get();
        if (picture != null) {
            var found = picture.round().found();
            inBackground(() -> found.forEach(f -> monitor.decide(f.pair(), true, session.user())));
        }
    }

    /// Rows of PostgreSQL are repaired by a plan; rows of Delta are its pipeline's.
    boolean repairable() {
        return pair().filter(p -> p.known().row().truth() == Truth.DELTA).isPresent();
    }

    /// Exactly the keys that are known now.
    void fileRepair() {
        var pair = pair();
        var keys = keys();
        if (!repairable() || keys.isEmpty()) {
            return;
        }
        var known = pair.orElseThrow();
        var result = known.result().orElseThrow();
        lookUp(
                _ ->
                        switch (monitor.repair(known.known(), result, keys, session.actor())) {
                            case RepairPlans.Made(var plan) -> new Filed(desk.file(plan), "");
                            case RepairPlans.Refused(var why) -> new Filed(null, why);
                        },
                this::filed);
    }

    private record Filed(@Nullable FiledPlan plan, String why) {}

    private void filed(Filed answer) {
        var plan = answer.plan();
        if (plan == null) {
            say(Texts.of("No plan was filed: %s", answer.why()));
        } else if (plan.state() == FiledPlan.State.WAITING) {
            session.goTo(Destination.plan(plan.id()));
        } else {
            say(
                    "%s: %s"
                            .formatted(
                                    plan.plan().title(),
                                    plan.state().name().toLowerCase(Locale.ROOT)));
        }
    }

    /// Keys with class and columns, for a spreadsheet.
    String keysAsCsv() {
        return check().map(
                        c ->
                                String.join(",", c.keyColumns())
                                        + ",class,columns\r\n"
                                        + shownKeys().stream()
                                                .map(
                                                        k ->
                                                                String.join(",", k.key())
                                                                        + ","
                                                                        + k.kind().label()
                                                                        + ","
                                                                        + String.join(
                                                                                " ", k.columns()))
                                                .collect(Collectors.joining("\r\n")))
                .orElse("");
    }
}
