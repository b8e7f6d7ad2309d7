package io.lakebaseops.console.vacuum;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.ScheduleVacuumAnalyze;
import io.lakebaseops.agents.performance.maintenance.TableHistory;
import io.lakebaseops.agents.performance.maintenance.VacuumMonitor;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.PostponedVacuums;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/// The vacuum state of the server looked at, the table selected, and plans for it. Nothing is
/// changed from here: every act runs a tool that files a plan.
public final class VacuumViewModel extends ScreenModel<VacuumSnapshot> {
    private static final Logger LOG = LoggerFactory.getLogger(VacuumViewModel.class);
    static final int MOST_SIMULATED = 4;

    private final VacuumMonitor monitor;
    private final PostponedVacuums postponed;
    private final AgentFramework framework;
    private final ReadOnlyObjectWrapper<@Nullable Selected> selected =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<String>> simulated =
            new ReadOnlyObjectWrapper<>(List.of());
    private boolean chosen;

    public VacuumViewModel(
            ConsoleSession session,
            VacuumMonitor monitor,
            PostponedVacuums postponed,
            AgentFramework framework) {
        super(session);
        this.monitor = monitor;
        this.postponed = postponed;
        this.framework = framework;
    }

    /// The table in the pane.
    ///
    /// @param history null until it was read
    record Selected(VacuumTable table, @Nullable TableHistory history) {}

    @Override
    protected VacuumSnapshot read(TargetId target) {
        return new VacuumSnapshot(
                monitor.read(target), quiet(target), postponed.waiting(target), session.now());
    }

    /// Without history the rest of the screen stands.
    private @Nullable QuietHours quiet(TargetId target) {
        try {
            return monitor.quietHours(target);
        } catch (OpsException e) {
            LOG.warn("{}: the quiet hours cannot be read: {}", target, e.getMessage());
            return null;
        }
    }

    @Override
    protected boolean isEmpty(VacuumSnapshot picture) {
        var tables = picture.round().tables().value();
        return tables != null && tables.tables().stream().noneMatch(VacuumTable::notable);
    }

    /// Each round of the live measuring, a few seconds apart, and whatever changes a table.
    @Override
    protected boolean concerns(OpsEvent event) {
        return event.target().equals(session.target());
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void shown(VacuumSnapshot picture) {
        var open = selected.get();
        if (open != null) {
            picture.table(open.table().name())
                    .ifPresentOrElse(
                            t -> selected.set(new Selected(t, open.history())),
                            () -> selected.set(null));
            readHistory();
        } else if (!chosen) {
            // What is worst is what one came for; what a person closed stays closed.
            picture.tables().stream()
                    .filter(VacuumTable::notable)
                    .findFirst()
                    .filter(t -> t.troubled(picture.now()))
                    .ifPresent(this::select);
        }
        if (simulated.get().isEmpty()) {
            picture.tables().stream()
                    .filter(t -> t.settings() != null)
                    .findFirst()
                    .ifPresent(t -> simulated.set(List.of(t.name())));
        }
    }

    void select(VacuumTable table) {
        chosen = true;
        var open = selected.get();
        if (open != null && open.table().name().equals(table.name())) {
            return;
        }
        selected.set(new Selected(table, null));
        if (table.settings() != null) {
            simulated.set(List.of(table.name()));
        }
        readHistory();
    }

    private void readHistory() {
        var open = selected.get();
        if (open == null) {
            return;
        }
        var target = session.target();
        session.background()
                .execute(
                        () -> {
                            var history = history(target, open.table());
                            session.screen().execute(() -> show(target, open.table(), history));
                        });
    }

    /// Without its stored runs the table is shown as it is.
    private TableHistory history(TargetId target, VacuumTable table) {
        try {
            return monitor.history(target, table);
        } catch (OpsException e) {
            LOG.warn("{}: the vacuums of {} cannot be read: {}", target, table.name(), e.why());
            return TableHistory.NONE;
        }
    }

    private void show(TargetId target, VacuumTable table, TableHistory history) {
        var now = selected.get();
        if (target.equals(session.target())
                && now != null
                && now.table().name().equals(table.name())) {
            selected.set(new Selected(now.table(), history));
        }
    }

    void close() {
        selected.set(null);
    }

    @Override
    protected void targetChanged() {
        chosen = false;
        selected.set(null);
        simulated.set(List.of());
    }

    ReadOnlyObjectProperty<@Nullable Selected> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// The tables whose dead rows are simulated, by name.
    ReadOnlyObjectProperty<List<String>> simulatedProperty() {
        return simulated.getReadOnlyProperty();
    }

    /// Takes a table into the simulation, or out of it.
    void simulate(String table, boolean on) {
        var next = new ArrayList<>(simulated.get());
        next.remove(table);
        if (on) {
            next.add(table);
        }
        if (next.size() <= MOST_SIMULATED) {
            simulated.set(List.copyOf(next));
        }
    }

    /// Can anything be planned for this server?
    boolean acts() {
        var picture = dataProperty().get();
        return picture != null && picture.round().readOnly() == null;
    }

    /// What is critical does not wait for a quiet hour.
    void planVacuum(VacuumTable table) {
        planVacuum(
                table,
                table.critical(session.now())
                        ? ScheduleVacuumAnalyze.Window.NOW
                        : ScheduleVacuumAnalyze.Window.LOW_TRAFFIC);
    }

    void planVacuum(VacuumTable table, ScheduleVacuumAnalyze.Window window) {
        var input = JsonNodeFactory.instance.objectNode();
        input.putArray("tables")
                .addObject()
                .put("database", table.database())
                .put("schema", table.schema())
                .put("table", table.table());
        input.put("window", window.name());
        plan("schedule_vacuum_analyze", input);
    }

    void withdraw(VacuumTable table) {
        var target = session.target();
        inBackground(
                () -> postponed.withdraw(target, table.database(), table.schema(), table.table()));
    }

    void planFull(VacuumTable table) {
        plan(
                "schedule_vacuum_full",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("database", table.database())
                        .put("schema", table.schema())
                        .put("table", table.table()));
    }

    void planSettings(VacuumTable table) {
        plan(
                "tune_autovacuum_parameters",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", table.schema())
                        .put("table", table.table()));
    }

    void planEnd(HorizonHolder holder) {
        plan(
                "terminate_idle_connections",
                JsonNodeFactory.instance.objectNode().put("pid", Integer.parseInt(holder.name())));
    }

    private void plan(String tool, ObjectNode input) {
        if (!acts()) {
            return;
        }
        runTool(framework, tool, input);
    }

    @Override
    protected String withoutDecision(ToolReport report) {
        if (!report.plans().isEmpty()) {
            return "%s: %s"
                    .formatted(
                            report.plans().getFirst().plan().title(),
                            Texts.of("filed as low risk, so it runs by policy"));
        }
        if (report.data() instanceof ScheduleVacuumAnalyze.Output out && out.quietFrom() != null) {
            return Texts.of(
                    "The vacuum waits for the quiet hours and begins at %s",
                    Texts.clock(out.quietFrom(), session.now(), session.zone()));
        }
        return report.caveats().isEmpty()
                ? Texts.of("Nothing was planned: there is nothing to gain now")
                : Texts.of("Nothing was planned: %s", String.join("; ", report.caveats()));
    }
}
