package io.lakebaseops.console.indexes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanTrials;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.TwinPlans;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.OfTable;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummary;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the Indexes screen shows and lets one do: file what mends a finding, set it aside, look at
/// all indexes of a table.
public final class IndexesViewModel extends ScreenModel<IndexesSnapshot> {
    static final String ANALYSIS = ToolDescriptor.name(RunFullIndexAnalysis.class);

    /// A screen full and some more; the next page on request.
    static final int PAGE = 200;

    /// Those in the list of tables; any other can be typed.
    private static final int MOST_TABLES = 50;

    private final AgentFramework framework;
    private final Findings findings;
    private final IndexSummaries summaries;
    private final IndexAdvice advice;
    private final PlanQueue queue;
    private final ApprovalDesk desk;
    private final PlanTrials trials;
    private final FindingReader details;
    private final BudgetModel budget;
    private final TableReader reader;
    private final ReadOnlyObjectWrapper<FindingGroup> group =
            new ReadOnlyObjectWrapper<>(FindingGroup.ALL);
    private final ReadOnlyObjectWrapper<@Nullable FindingDetail> detail =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TableView> table = new ReadOnlyObjectWrapper<>();
    // Read in the background, written on the screen's thread.
    private volatile FindingGroup reading = FindingGroup.ALL;
    private volatile int shown = PAGE;
    private boolean tableWanted = true;
    private @Nullable String wanted;
    private final TwinAnswers planned;

    public IndexesViewModel(
            ConsoleSession session,
            AgentFramework framework,
            Findings findings,
            IndexSummaries summaries,
            IndexAdvice advice,
            PlanQueue queue,
            ApprovalDesk desk,
            PlanTrials trials,
            TwinPlans twin,
            Targets targets,
            IndexUsageHistory usage) {
        super(session);
        this.framework = framework;
        this.findings = findings;
        this.summaries = summaries;
        this.queue = queue;
        this.desk = desk;
        this.trials = trials;
        this.advice = advice;
        this.planned = new TwinAnswers(twin);
        this.details = new FindingReader(queue, desk, advice, planned);
        this.budget =
                new BudgetModel(
                        session, framework, twin, workingProperty(), this::inBackground, this::say);
        this.reader = new TableReader(targets, usage, session::now);
    }

    @Override
    protected IndexesSnapshot read(TargetId target) {
        var of = reading;
        var summary = summaries.find(target).orElse(null);
        var kinds = FindingGroup.ALL.kinds();
        var ignored = findings.ignored(target, kinds, session.now(), PAGE);
        var lines =
                of == FindingGroup.IGNORED
                        ? ignored.stream().map(FindingLine::of).toList()
                        : lines(target, of, summary);
        return new IndexesSnapshot(
                summary,
                findings.sums(target, kinds),
                of,
                lines,
                queue.waitingFor(lines.stream().map(FindingLine::fingerprint).toList()),
                findings.tables(target, kinds, MOST_TABLES),
                ignored.size(),
                advice.sets(target));
    }

    private List<FindingLine> lines(
            TargetId target, FindingGroup of, @Nullable IndexSummary summary) {
        Set<String> failed =
                summary == null
                        ? Set.of()
                        : summary.failed().stream()
                                .map(IndexSummary.Failed::kind)
                                .collect(Collectors.toSet());
        return findings.ranked(target, of.kinds(), 0, shown).stream()
                .map(f -> FindingLine.open(f, failed.contains(f.finding().kind())))
                .toList();
    }

    @Override
    protected boolean isEmpty(IndexesSnapshot picture) {
        return picture.count(FindingGroup.ALL) == 0 && picture.ignored() == 0;
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event.target().equals(session.target())
                && (event instanceof OpsEvent.PlanChanged
                        || event instanceof OpsEvent.IndexRecommendation
                        || event instanceof OpsEvent.RunEnded run && aboutIndexes(run.tool()));
    }

    private boolean aboutIndexes(String tool) {
        return framework
                .catalog()
                .find(tool)
                .filter(t -> t.descriptor().module().equals("indexes"))
                .isPresent();
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    /// The chosen finding follows what is read: mended, it goes; its plan decided, that is shown.
    @Override
    protected void shown(IndexesSnapshot picture) {
        var open = detail.get();
        if (open != null) {
            picture.lines().stream()
                    .filter(l -> l.fingerprint().equals(open.line().fingerprint()))
                    .findFirst()
                    .ifPresentOrElse(this::readDetail, () -> detail.set(null));
        }
        var item = wanted;
        if (item != null) {
            wanted = null;
            reveal(item);
        }
        if (tableWanted) {
            tableWanted = false;
            // Nobody asked for this one: no compute is woken for it.
            picture.tables().stream()
                    .findFirst()
                    .ifPresent(t -> read(t.database(), t.schema(), t.table(), false));
        }
    }

    @Override
    protected void targetChanged() {
        detail.set(null);
        table.set(null);
        budget.close();
        tableWanted = true;
        shown = PAGE;
        planned.clear();
    }

    public ReadOnlyObjectProperty<FindingGroup> groupProperty() {
        return group.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable FindingDetail> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable TableView> tableProperty() {
        return table.getReadOnlyProperty();
    }

    void show(FindingGroup next) {
        reading = next;
        shown = PAGE;
        group.set(next);
        refresh();
    }

    /// The next page of the list.
    void showMore() {
        shown += PAGE;
        refresh();
    }

    /// Opens the finding with this fingerprint, or the first about this index; once it is read.
    void reveal(String item) {
        var picture = dataProperty().get();
        if (picture == null) {
            wanted = item;
            return;
        }
        picture.lines().stream()
                .filter(
                        l ->
                                l.fingerprint().equals(item)
                                        || l.finding().subject().display().equals(item))
                .findFirst()
                .ifPresent(this::open);
    }

    /// Why the steps of its plan cannot be tried on a branch; null when they can.
    @Nullable String untried(FindingDetail detail) {
        return session.target().plain()
                ? Messages.of("indexes.trial.plain")
                : detail.plan() == null ? Messages.of("indexes.trial.no.plan") : null;
    }

    /// Tries the plan of a finding on a branch; work like any other, shown in the status bar.
    void tryOnBranch(FindingLine line, FiledPlan plan) {
        var actor = session.actor();
        inBackground(
                () -> {
                    var report = trials.start(plan, actor).join();
                    details.tried(line, report);
                });
    }

    /// Asks the planner twin about the index of a finding.
    void planInTwin(FindingLine line) {
        var target = session.target();
        inBackground(() -> planned.ask(target, line, session.actor()), this::readAgain);
    }

    /// Deletes what the planner twin holds, and what it said.
    void forgetTwin() {
        inBackground(planned::forget, this::readAgain);
    }

    private void readAgain() {
        var open = detail.get();
        if (open != null) {
            readDetail(open.line());
        }
    }

    /// Opens the pane of a finding and the matrix of its table.
    void open(FindingLine line) {
        budget.close();
        detail.set(details.first(line, detail.get()));
        readDetail(line);
        var subject = line.finding().subject();
        var seen = table.get();
        if (subject.table() != null
                && (seen == null
                        || !(subject.table().equals(seen.table())
                                && String.valueOf(subject.schema()).equals(seen.schema())))) {
            open(subject);
        }
    }

    private void readDetail(FindingLine line) {
        lookUp(target -> details.read(target, line), this::stillOpen);
    }

    private void stillOpen(FindingDetail next) {
        var open = detail.get();
        if (open != null && open.line().fingerprint().equals(next.line().fingerprint())) {
            detail.set(next);
        }
    }

    void close() {
        detail.set(null);
    }

    void open(Subject subject) {
        if (subject.database() != null && subject.schema() != null && subject.table() != null) {
            read(subject.database(), subject.schema(), subject.table(), true);
        }
    }

    void open(OfTable of) {
        read(of.database(), of.schema(), of.table(), true);
    }

    /// Reads the table shown anew.
    void readTable() {
        var seen = table.get();
        if (seen != null && !(seen instanceof TableView.Reading)) {
            read(seen.database(), seen.schema(), seen.table(), true);
        }
    }

    /// Any table of the database shown, as a person writes its name.
    void openNamed(String name) {
        var seen = table.get();
        var parts = name.strip().split("\\.", 2);
        if (seen != null && !name.isBlank()) {
            var schema = parts.length == 2 ? parts[0] : "public";
            read(seen.database(), schema, parts[parts.length - 1], true);
        }
    }

    private void read(String database, String schema, String name, boolean wake) {
        tableWanted = false;
        table.set(new TableView.Reading(database, schema, name));
        lookUp(
                target -> reader.read(target, database, schema, name, wake),
                found -> {
                    if (table.get() instanceof TableView.Reading wanted
                            && wanted.schema().equals(schema)
                            && wanted.table().equals(name)) {
                        table.set(found);
                    }
                });
    }

    /// Runs the whole analysis now, as the schedule does every hour.
    void analyse() {
        budget.run(JsonNodeFactory.instance.objectNode());
    }

    /// The best set of indexes.
    BudgetModel budget() {
        return budget;
    }

    Instant now() {
        return session.now();
    }

    /// Files the plan that mends a finding, from facts read anew.
    void file(FindingLine line) {
        var target = session.target();
        var actor = session.actor();
        inBackground(
                () -> {
                    var report = framework.mend(ANALYSIS, line.fingerprint(), target, actor).join();
                    var said = FilingWords.of(line, report);
                    if (said != null) {
                        session.screen().execute(() -> say(said));
                    }
                });
    }

    /// @param until null for good, as long as it gets no worse
    void ignore(FindingLine line, String reason, @Nullable Instant until) {
        inBackground(
                () -> findings.ignore(line.fingerprint(), session.user(), reason, until),
                this::close);
    }

    /// Ends before its time that a finding is ignored.
    void showAgain(Findings.Ignored ignored) {
        inBackground(() -> desk.askAgain(FilingWords.held(ignored), session.actor()), this::close);
    }

    void review(FiledPlan plan) {
        session.goTo(Destination.plan(plan.id()));
    }
}
