package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.settings.LimitFields.Checked;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.AlertLimits;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The settings, what is typed over them, and the row whose pane is open.
public final class SettingsViewModel extends ScreenModel<SettingsSnapshot> {
    private final SettingsServices settings;
    private final SettingsReader reader;
    private final ChannelsModel channels;
    private final DecisionsModel decisions;
    private final ModelCommands model;
    private final ConnectionDesk connections;
    private final Function<TargetId, Optional<GeneratedHistory>> generated;
    private final LimitDrafts drafts = new LimitDrafts();
    private final List<Watched> measures = MetricDefinitions.standard().watched();
    private final ReadOnlyObjectWrapper<@Nullable Opened> opened = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ThresholdPast> past =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<ThresholdPast.Replay>> replays =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyLongWrapper version = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<String> scope;
    private long asked;
    private boolean saving;
    private boolean leaving;
    private @Nullable Destination after;

    public SettingsViewModel(
            ConsoleSession session, ConsoleServices services, SettingsServices settings) {
        super(session);
        this.settings = settings;
        reader = new SettingsReader(services, settings);
        channels = new ChannelsModel(this, settings.channels());
        decisions =
                new DecisionsModel(
                        this, services.health().alerts(), services.desk(), settings.thresholds());
        model = new ModelCommands(this, services.ask().model(), settings.thresholds());
        generated = services.generated();
        connections = services.runtime().connections();
        scope = new ReadOnlyObjectWrapper<>(session.target().key());
        stateProperty().addListener((_, _, _) -> version.set(version.get() + 1));
    }

    /// What the pane at the right is about.
    sealed interface Opened {
        record Threshold(MetricName metric) implements Opened {}

        /// @param name null for a new channel
        record Channel(@Nullable String name) implements Opened {}

        record Model() implements Opened {}

        record Kept(Decision decision) implements Opened {}

        /// Somebody goes away from changes that are not saved.
        record Leaving(Destination to) implements Opened {}
    }

    @Override
    protected SettingsSnapshot read(TargetId target) {
        return reader.read(target, session.now());
    }

    @Override
    protected boolean isEmpty(SettingsSnapshot picture) {
        return picture.measures().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        boolean alert =
                event instanceof OpsEvent.ThresholdBreached
                        || event instanceof OpsEvent.AlertRecovered;
        if (alert) {
            reader.again();
        }
        return alert || event instanceof OpsEvent.HealthMeasured;
    }

    @Override
    public void refresh() {
        reader.again();
        super.refresh();
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void shown(SettingsSnapshot picture) {
        drafts.saved(picture.limits());
        changed();
    }

    /// What was typed for the server before stays, and is saved with the rest.
    @Override
    protected void targetChanged() {
        scope.set(session.target().key());
        close();
        changed();
    }

    /// Runs blocking work and hands over what came of it on the screen's thread; then all is read
    /// again.
    <V> void work(Supplier<V> work, Consumer<V> done) {
        lookUp(
                _ -> work.get(),
                value -> {
                    done.accept(value);
                    refresh();
                });
    }

    void command(Runnable command, Runnable ended) {
        inBackground(command, ended);
    }

    ConsoleSession session() {
        return session;
    }

    ChannelsModel channels() {
        return channels;
    }

    ModelCommands model() {
        return model;
    }

    /// Blocking.
    boolean hasKeychain() {
        return connections.hasKeychain();
    }

    DecisionsModel decisions() {
        return decisions;
    }

    // Thresholds

    void scope(boolean everywhere) {
        scope.set(everywhere ? AlertLimits.ALL_SERVERS : session.target().key());
        changed();
    }

    boolean everywhere() {
        return scope.get().equals(AlertLimits.ALL_SERVERS);
    }

    /// What the limits shown are about, as the screen calls it.
    String scopeWords() {
        return where(scope.get());
    }

    private String where(String target) {
        return target.equals(AlertLimits.ALL_SERVERS)
                ? "all servers"
                : TargetId.ofKey(target).branch();
    }

    Watched measure(MetricName metric) {
        return measures.stream().filter(w -> w.rule().metric() == metric).findFirst().orElseThrow();
    }

    AlertRule savedRule(MetricName metric) {
        return drafts.savedRule(measure(metric), scope.get());
    }

    LimitFields fields(MetricName metric) {
        return drafts.fields(measure(metric), scope.get());
    }

    Checked check(MetricName metric) {
        return drafts.check(measure(metric), scope.get());
    }

    /// Was it typed over, where it is shown for?
    boolean typed(MetricName metric) {
        return drafts.changed(metric, scope.get());
    }

    /// Has the branch a saved value of its own?
    boolean own(MetricName metric) {
        return drafts.own(metric, scope.get());
    }

    void type(MetricName metric, Field field, String text) {
        drafts.type(measure(metric), scope.get(), field, text);
        changed();
    }

    void takeBack(MetricName metric) {
        drafts.takeBack(measure(metric), scope.get());
        changed();
    }

    int unsaved() {
        return drafts.count();
    }

    boolean savable() {
        return drafts.count() > 0 && !drafts.wrong(measures, null) && !readOnly() && !saving;
    }

    /// The state database is away: nothing can be saved, and what was typed stays.
    boolean readOnly() {
        return stateProperty().get() == io.lakebaseops.console.ScreenState.FAILED;
    }

    void save() {
        if (!savable()) {
            return;
        }
        var changes = drafts.changes(measures, this::where);
        saving = true;
        changed();
        inBackground(
                () -> {
                    settings.thresholds().save(changes, session.actor());
                    var now = settings.thresholds().limits();
                    session.screen()
                            .execute(
                                    () -> {
                                        drafts.discard();
                                        drafts.saved(now);
                                    });
                },
                () -> {
                    saving = false;
                    changed();
                    var to = after;
                    after = null;
                    if (to != null && drafts.count() == 0) {
                        go(to);
                    }
                });
    }

    void discard() {
        drafts.discard();
        changed();
    }

    private void changed() {
        version.set(version.get() + 1);
        replay();
    }

    /// What somebody wants who has saved: to go on to where they were going.
    void saveAndGo(Destination to) {
        after = to;
        save();
    }

    /// Goes on whatever is typed.
    void go(Destination to) {
        close();
        leaving = true;
        session.goTo(to);
    }

    /// Asks in the pane when changes are not saved.
    boolean mayLeave(Destination to) {
        if (drafts.count() == 0 || leaving) {
            leaving = false;
            return true;
        }
        open(new Opened.Leaving(to));
        return false;
    }

    // The pane

    void open(Opened next) {
        opened.set(next);
        if (next instanceof Opened.Threshold(var metric)) {
            var shown = past.get();
            if (shown == null || shown.metric() != metric) {
                past.set(null);
                replays.set(List.of());
                readPast(metric);
            } else {
                replay();
            }
        }
    }

    void close() {
        opened.set(null);
        past.set(null);
    }

    private void readPast(MetricName metric) {
        lookUp(
                target ->
                        ThresholdPast.of(
                                measure(metric).rule(),
                                settings.thresholds()
                                        .readings(target, metric, SettingsReader.MONTH),
                                generated.apply(target).orElse(null),
                                session.zone()),
                found -> {
                    if (opened.get() instanceof Opened.Threshold(var now) && now == metric) {
                        past.set(found);
                        replay();
                    }
                });
    }

    /// The last one asked for is shown, whichever ends last.
    private void replay() {
        var shown = past.get();
        if (shown == null) {
            return;
        }
        var metric = shown.metric();
        var rule = measure(metric).rule();
        var limits = new LinkedHashMap<String, Limits>();
        limits.put("saved", savedRule(metric).limits());
        var typed = check(metric).limits();
        if (typed != null) {
            limits.put("changed", typed);
        }
        limits.put("default", rule.limits());
        long number = ++asked;
        lookUp(
                _ -> shown.replays(rule, limits),
                found -> {
                    if (number == asked) {
                        replays.set(found);
                    }
                });
    }

    ReadOnlyObjectProperty<@Nullable Opened> openedProperty() {
        return opened.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable ThresholdPast> pastProperty() {
        return past.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<ThresholdPast.Replay>> replaysProperty() {
        return replays.getReadOnlyProperty();
    }

    /// Another one whenever limits, drafts or what they are for changed.
    ReadOnlyLongProperty versionProperty() {
        return version.getReadOnlyProperty();
    }
}
