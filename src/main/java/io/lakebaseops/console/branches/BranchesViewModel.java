package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchBoard;
import io.lakebaseops.agents.provisioning.branching.BranchBoard.Active;
import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchRules;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ProvisioningServices;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolReport;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The branches of the project looked at, the one selected, and what is asked for it. Every change
/// is a plan: the policy carries it out or it waits among the approvals.
public final class BranchesViewModel extends ScreenModel<BranchesSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(BranchesViewModel.class);

    /// What the nightly reset is about.
    private static final String NIGHTLY = "staging";

    /// Of recent runs: the refused resets of the last nights are among them.
    private static final int RUNS = 500;

    private final BranchBoard board;
    private final AgentFramework framework;
    private final BranchActs acts;
    private final ReadOnlyObjectWrapper<BranchLook> look =
            new ReadOnlyObjectWrapper<>(BranchLook.ALL);
    private final ReadOnlyObjectWrapper<@Nullable String> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable BranchDraft> draft =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> marked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Map<String, List<Active>>> active =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final ComputeReads computes;
    private final SchemaDiffs diffs;
    private final MigrationModel migration;
    private final ProjectToolsModel tools;
    private boolean closed;

    public BranchesViewModel(
            ConsoleSession session,
            ProvisioningServices provisioning,
            AgentFramework framework,
            ApprovalDesk desk) {
        super(session);
        this.board = provisioning.branches();
        this.framework = framework;
        acts = new BranchActs(this, board, framework, desk, session);
        computes = new ComputeReads(this, board);
        diffs = new SchemaDiffs(this, framework, session);
        migration =
                new MigrationModel(this, framework, desk, provisioning.migrationTests(), session);
        tools = new ProjectToolsModel(this, framework, session, provisioning.names());
    }

    @Override
    protected BranchesSnapshot read(TargetId target) {
        return new BranchesSnapshot(
                board.read(target).orElse(null), refusedResets(target), session.now());
    }

    /// A nightly reset that was refused left the branch behind its parent.
    private List<LifeEvent> refusedResets(TargetId target) {
        return framework.recent(RUNS).stream()
                .filter(r -> r.tool().equals(BranchActs.RESET) && sameProject(r.target(), target))
                .filter(r -> r.status() == ToolReport.Status.UNAVAILABLE)
                .filter(r -> r.actor().kind() != Actor.Kind.HUMAN)
                .map(
                        r ->
                                new LifeEvent(
                                        r.startedAt(),
                                        NIGHTLY,
                                        "skipped",
                                        null,
                                        r.actor().name(),
                                        r.actor().kind(),
                                        String.valueOf(r.error()),
                                        false))
                .toList();
    }

    static boolean sameProject(TargetId a, TargetId b) {
        return a.profile().equals(b.profile()) && a.project().equals(b.project());
    }

    @Override
    protected boolean isEmpty(BranchesSnapshot picture) {
        return picture.project() == null;
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return sameProject(event.target(), session.target())
                && (event instanceof OpsEvent.BranchCreated
                        || event instanceof OpsEvent.BranchDeleted
                        || event instanceof OpsEvent.BranchProtected
                        || event instanceof OpsEvent.ProvisioningComplete);
    }

    @Override
    protected boolean concernedByPlans() {
        return acts.follows() || migration.follows();
    }

    @Override
    protected void shown(BranchesSnapshot picture) {
        if (picture.project() == null) {
            return;
        }
        var open = selected.get();
        if (open != null && picture.find(open).isEmpty()) {
            selected.set(null);
            draft.set(null);
        }
        if (selected.get() == null && !closed) {
            attention(picture).ifPresent(b -> selected.set(b.id()));
        }
        computes.again();
        aside(board::activity, active::set, () -> {});
        acts.follow();
        migration.follow();
    }

    /// What one came for: the branch the verdict names, or the one looked at.
    private Optional<BranchLife> attention(BranchesSnapshot picture) {
        return picture.skipped().stream()
                .findFirst()
                .flatMap(e -> picture.find(e.branch()))
                .or(() -> picture.find(session.target().branch()))
                .or(() -> picture.branches().stream().findFirst());
    }

    @Override
    protected void targetChanged() {
        selected.set(null);
        draft.set(null);
        marked.set(null);
        acts.forget();
        closed = false;
        computes.forget();
        active.set(Map.of());
        diffs.close();
        migration.forget();
        tools.forget();
    }

    void later(Runnable act) {
        session.screen().execute(act);
    }

    /// Reads what adds to the picture; without it the picture is only poorer.
    ///
    /// @param ended however it ended
    <V> void aside(Function<TargetId, V> read, Consumer<V> show, Runnable ended) {
        var target = session.target();
        session.background()
                .execute(
                        () -> {
                            try {
                                var found = read.apply(target);
                                later(
                                        () -> {
                                            if (target.equals(session.target())) {
                                                show.accept(found);
                                            }
                                        });
                            } catch (OpsException e) {
                                LOG.info("Not all of the branches is shown: {}", e.getMessage());
                            } finally {
                                later(ended);
                            }
                        });
    }

    <V> void ask(Function<TargetId, V> question, Consumer<V> show) {
        lookUp(question, show);
    }

    void look(BranchLook next) {
        look.set(next);
    }

    void select(String branch) {
        closed = false;
        if (!branch.equals(selected.get())) {
            selected.set(branch);
            draft.set(null);
        }
    }

    void close() {
        closed = true;
        selected.set(null);
        draft.set(null);
    }

    Optional<BranchLife> life() {
        var picture = dataProperty().get();
        return picture == null ? Optional.empty() : picture.find(selected.get());
    }

    Optional<BranchRules> rules() {
        var picture = dataProperty().get();
        var project = picture == null ? null : picture.project();
        return Optional.ofNullable(project)
                .map(p -> new BranchRules(board.policy(), p, session.actor()));
    }

    BranchBoard board() {
        return board;
    }

    SchemaDiffs diffs() {
        return diffs;
    }

    MigrationModel migration() {
        return migration;
    }

    ProjectToolsModel tools() {
        return tools;
    }

    /// From a page back to the graph.
    void back() {
        migration.close();
        tools.close();
        diffs.close();
    }

    /// The branch the project began with.
    Optional<String> root() {
        var picture = dataProperty().get();
        return picture == null
                ? Optional.empty()
                : picture.branches().stream()
                        .filter(b -> b.branch().isDefault())
                        .map(BranchLife::id)
                        .findFirst();
    }

    void write(Path path, String text) {
        inBackground(
                () -> {
                    try {
                        Files.writeString(path, text);
                    } catch (IOException e) {
                        throw new OpsException(
                                OpsException.Kind.DENIED,
                                Texts.of("Writing %s", path),
                                String.valueOf(e.getMessage()),
                                Texts.of("choose another place"),
                                e);
                    }
                });
    }

    /// Begins a branch of the one selected.
    void draft() {
        life().ifPresent(b -> draft.set(new BranchDraft(b.id(), "", "", "", "")));
    }

    void draft(@Nullable BranchDraft next) {
        draft.set(next);
    }

    Optional<BranchDraft.Checked> checked() {
        var typed = draft.get();
        return typed == null
                ? Optional.empty()
                : rules().map(r -> typed.check(r, session.now(), session.zone()));
    }

    void create() {
        var typed = draft.get();
        checked()
                .filter(c -> typed != null && c.good())
                .ifPresent(c -> acts.create(typed, c, () -> draft.set(null)));
    }

    BranchActs acts() {
        return acts;
    }

    void tell(String words) {
        say(words);
    }

    /// Marks a branch; with the second one their schemas are compared.
    void mark(String branch) {
        var first = marked.get();
        if (first == null || first.equals(branch)) {
            marked.set(first == null ? branch : null);
        } else {
            marked.set(null);
            diffs.compare(first, branch, false);
        }
    }

    List<String> names() {
        var picture = dataProperty().get();
        var names = new ArrayList<String>();
        if (picture != null) {
            picture.branches().forEach(b -> names.add(b.id()));
        }
        return names;
    }

    ReadOnlyObjectProperty<BranchLook> lookProperty() {
        return look.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable String> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable BranchDraft> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable String> markedProperty() {
        return marked.getReadOnlyProperty();
    }

    ComputeReads computes() {
        return computes;
    }

    ReadOnlyObjectProperty<Map<String, List<Active>>> activeProperty() {
        return active.getReadOnlyProperty();
    }
}
