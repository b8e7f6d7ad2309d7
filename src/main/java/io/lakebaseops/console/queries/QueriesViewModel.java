package io.lakebaseops.console.queries;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.performance.metrics.WaitSampling;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Cause;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.agents.performance.optimization.StatementFixes;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.plan.PlanActs;
import io.lakebaseops.console.plan.PlanDocument;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.UnreadablePlanException;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The load of a server, the statements behind it, one of them in depth, and its execution plan.
public final class QueriesViewModel extends ScreenModel<QueriesSnapshot> implements PlanActs {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String EXPLAIN = ToolDescriptor.name(AnalyzeSlowQueriesWithAi.class);

    private final QueriesReader reader;
    private final StatementStatistics statements;
    private final WaitHistory waits;
    private final StatementPlans plans;
    private final AgentFramework framework;
    private final StatementFixes fixes;
    private final ReadOnlyObjectWrapper<@Nullable StatementLine> selected =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable StatementDetail> detail =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable PlanDocument> plan =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Pasted> pasted = new ReadOnlyObjectWrapper<>();
    private volatile Look look = Look.FIRST;
    private volatile Instant readAt = Instant.EPOCH;

    /// Text that could not be read as a plan, open to be mended.
    ///
    /// @param why empty before anything was tried
    public record Pasted(String text, String why) {}

    public QueriesViewModel(
            ConsoleSession session,
            StatementStatistics statements,
            WaitHistory waits,
            StatementPlans plans,
            Function<TargetId, WaitSampling> sampling,
            Function<TargetId, Optional<GeneratedHistory>> generated,
            ApprovalDesk desk,
            AgentFramework framework,
            StatementFixes fixes) {
        super(session);
        this.reader =
                new QueriesReader(statements, waits, plans, sampling, generated, desk, framework);
        this.statements = statements;
        this.waits = waits;
        this.plans = plans;
        this.framework = framework;
        this.fixes = fixes;
    }

    @Override
    protected QueriesSnapshot read(TargetId target) {
        readAt = session.now();
        return reader.read(target, look, readAt);
    }

    @Override
    protected boolean isEmpty(QueriesSnapshot picture) {
        return picture.lines().isEmpty() && !picture.sampled();
    }

    /// New rows of the history, or a slice of the chart that has ended.
    @Override
    protected boolean concerns(OpsEvent event) {
        if (event instanceof OpsEvent.RunEnded run) {
            return run.tool().equals(QueriesReader.COLLECTOR);
        }
        var span = look.span();
        var slice = span.length().dividedBy(span.slices());
        return event instanceof OpsEvent.HealthMeasured
                && Duration.between(readAt, session.now()).compareTo(slice) >= 0;
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void targetChanged() {
        look = look.whole();
        selected.set(null);
        detail.set(null);
        plan.set(null);
        pasted.set(null);
    }

    /// The same line of the new picture; in depth again once it has run since.
    @Override
    protected void shown(QueriesSnapshot picture) {
        var open = selected.get();
        picture.lines().stream().filter(l -> same(l, open)).findFirst().ifPresent(selected::set);
        var known = detail.get();
        if (known != null && !known.line().ranLike(selected.get())) {
            inspect();
        }
    }

    /// The same over seven days, as reports have it.
    public QueriesViewModel ofTheWeek() {
        look = look.span(Look.Span.WEEK);
        return this;
    }

    Look look() {
        return look;
    }

    void look(Look next) {
        if (!next.equals(look)) {
            boolean other = next.grouping() != look.grouping();
            look = next;
            if (other) {
                select(null);
            }
            refresh();
        }
    }

    /// A stretch of the chart, its edges snapped.
    void choose(Instant from, Instant until) {
        var next = look.between(from, until, session.now());
        if (next != null) {
            look(next);
        }
    }

    void select(@Nullable StatementLine line) {
        if (line == null || !same(line, selected.get())) {
            detail.set(null);
        }
        selected.set(line);
    }

    private static boolean same(StatementLine line, @Nullable StatementLine other) {
        return other != null && line.key().equals(other.key());
    }

    /// Reads the selected statement in depth and explains it without running it. Called when the
    /// selection has come to rest.
    void inspect() {
        var line = selected.get();
        if (line == null || line.queryId() == null) {
            return;
        }
        lookUp(
                target -> detail(target, line),
                found -> {
                    if (same(found.line(), selected.get())) {
                        detail.set(found);
                    }
                });
    }

    private StatementDetail detail(TargetId target, StatementLine line) {
        var deadline = Deadline.in(LONGEST);
        long id = Objects.requireNonNull(line.queryId());
        var now = session.now();
        var trend =
                statements
                        .trends(
                                target,
                                List.of(id),
                                look.whole(now),
                                look.span().points(),
                                deadline)
                        .get(id);
        var load = waits.load(target, look.range(now), 1, id, deadline);
        var tables = line.query() == null ? List.<String>of() : StatementText.tables(line.query());
        Diagnosis diagnosis = null;
        String why = null;
        try {
            diagnosis = diagnosis(target, line.key(), line.database());
        } catch (OpsException e) {
            why = e.why();
        }
        var kept = new KeptPlans(plans.of(target, id, deadline));
        return new StatementDetail(
                line, trend, load.means(), tables, kept.plans(), kept.lastChange(), diagnosis, why);
    }

    private Diagnosis diagnosis(TargetId target, String queryid, @Nullable String database) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("queryid", queryid);
        // One text may run in several databases of a server.
        input.put("top", 20);
        var report = framework.run(EXPLAIN, input, target, session.actor());
        if (report.status() != ToolReport.Status.OK
                || !(report.data() instanceof AnalyzeSlowQueriesWithAi.Output found)) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    Texts.of("Explaining statement %s", queryid),
                    report.error() == null ? Texts.of("it was cancelled") : report.error(),
                    "");
        }
        return found.diagnoses().stream()
                .filter(d -> database == null || d.database().equals(database))
                .findFirst()
                .or(() -> found.diagnoses().stream().findFirst())
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.NOT_FOUND,
                                        Texts.of("Explaining statement %s", queryid),
                                        report.caveats().isEmpty()
                                                ? Texts.of("pg_stat_statements no longer has it")
                                                : String.join("; ", report.caveats()),
                                        Texts.of("it comes back when it runs again")));
    }

    /// Opens the plan of the selected statement; explains it first where that was not done.
    void openPlan() {
        var line = selected.get();
        if (line == null || line.queryId() == null) {
            return;
        }
        var known = detail.get();
        if (known != null && same(line, known.line()) && known.diagnosis() instanceof Diagnosis d) {
            open(d);
        } else {
            explainAgain(
                    new PlanDocument.Statement(
                            line.key(),
                            StatementText.shortId(line.key()),
                            line.database() == null ? "" : line.database()));
        }
    }

    private void open(Diagnosis d) {
        lookUp(target -> document(target, d), plan::set);
    }

    /// What the tool said, drawn: its causes are those of the pane.
    private PlanDocument document(TargetId target, Diagnosis d) {
        if (d.plan() == null) {
            throw new OpsException(
                    OpsException.Kind.UNSUPPORTED,
                    Texts.of("Explaining statement %s", d.queryid()),
                    d.withoutPlan() == null ? Texts.of("it has no plan") : d.withoutPlan(),
                    Texts.of("explain it by hand with values of your own, and paste the plan"));
        }
        var fingerprint = d.planFingerprint() == null ? "" : d.planFingerprint().substring(0, 4);
        var read = ExplainedPlan.read(d.plan());
        var kept = new KeptPlans(plans.of(target, d.number(), Deadline.in(LONGEST)));
        return PlanDocument.of(
                        read,
                        d.causes().stream().map(Cause::problem).toList(),
                        Texts.of("Plan %s", fingerprint),
                        Texts.of(
                                "EXPLAIN (GENERIC_PLAN), cost only, %s",
                                Format.time(session.now(), session.zone())),
                        new PlanDocument.Statement(
                                d.queryid(), StatementText.shortId(d.queryid()), d.database()),
                        d.query())
                .after(kept.before(read, d.planFingerprint(), session.now(), session.zone()))
                .tested(d.tested());
    }

    @Override
    public void explainAgain(PlanDocument.Statement statement) {
        lookUp(
                target ->
                        document(
                                target,
                                diagnosis(
                                        target,
                                        statement.queryid(),
                                        statement.database().isEmpty()
                                                ? null
                                                : statement.database())),
                plan::set);
    }

    @Override
    public void back() {
        plan.set(null);
        pasted.set(null);
    }

    /// On the screen's thread, the text handed in by the view, which knows the clipboard.
    @Override
    public void paste() {
        pasted.set(new Pasted("", ""));
    }

    /// Reads a pasted plan, or says why it cannot be read.
    void read(String text) {
        var origin = Texts.of("pasted %s", Format.time(session.now(), session.zone()));
        lookUp(
                _ -> {
                    try {
                        return new Reading(PlanDocument.pasted(text, origin), "");
                    } catch (UnreadablePlanException e) {
                        return new Reading(null, Objects.requireNonNullElse(e.getMessage(), ""));
                    }
                },
                read -> {
                    plan.set(read.document());
                    pasted.set(read.document() == null ? new Pasted(text, read.why()) : null);
                });
    }

    private record Reading(@Nullable PlanDocument document, String why) {}

    @Override
    public void file(PlanDocument document, PlanRemedy remedy) {
        var statement = document.statement();
        if (statement == null) {
            return;
        }
        lookUp(
                target -> {
                    var of =
                            new StatementFixes.Statement(
                                    target, statement.database(), session.actor());
                    var problem = remedy.problem();
                    var why =
                            Texts.of(
                                    "Statement %s: %s. %s",
                                    statement.queryid(), problem.cause().title(), problem.seen());
                    var index = problem.index();
                    if (remedy.kind() == PlanRemedy.Kind.INDEX && index != null) {
                        return fixes.index(of, index, why);
                    }
                    return fixes.analyze(
                            of,
                            Objects.requireNonNull(remedy.schema()),
                            Objects.requireNonNull(remedy.table()),
                            why);
                },
                filed -> session.goTo(Destination.plan(filed.id())));
    }

    @Override
    public @Nullable String whyNoBranch() {
        return session.target().plain()
                ? Texts.of("a plain PostgreSQL server has no branches.")
                : Texts.of("not possible yet; trials compare whole workloads.");
    }

    String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }

    ReadOnlyObjectProperty<@Nullable StatementLine> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable StatementDetail> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable PlanDocument> planProperty() {
        return plan.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Pasted> pastedProperty() {
        return pasted.getReadOnlyProperty();
    }
}
