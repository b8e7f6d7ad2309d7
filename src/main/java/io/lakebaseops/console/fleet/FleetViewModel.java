package io.lakebaseops.console.fleet;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;
import io.lakebaseops.state.FleetViews.View;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The view model of the fleet: which cards are shown, in which order, and what is done from them.
public final class FleetViewModel extends ScreenModel<FleetSnapshot> {
    /// In ticks of a second: figures come every five.
    private static final int READ_EVERY = 2;

    /// The state counts that filter.
    enum Show {
        ALL,
        NEEDS_YOU,
        WARNING,
        OK,
        PENDING,
        ASLEEP;

        boolean fits(ServerCard card) {
            return switch (this) {
                case ALL -> true;
                case NEEDS_YOU -> card.state().needsYou();
                case WARNING -> card.state() == FleetState.WARNING;
                case OK -> card.state() == FleetState.OK;
                case PENDING -> card.state() == FleetState.PENDING;
                case ASLEEP -> card.state() == FleetState.ASLEEP;
            };
        }
    }

    private final ConsoleServices services;
    private final FleetReader reader;
    private final SteadyPlaces places = new SteadyPlaces();
    private final Set<String> toggled = new HashSet<>();
    private final ReadOnlyBooleanWrapper active = new ReadOnlyBooleanWrapper();

    /// Changes with everything the list of cards depends on.
    private final ReadOnlyIntegerWrapper look = new ReadOnlyIntegerWrapper();

    private final ReadOnlyObjectWrapper<@Nullable String> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable FleetDetail> detail =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<View>> views = new ReadOnlyObjectWrapper<>(List.of());
    private FleetFilter filter = FleetFilter.ALL;
    private String refused = "";
    private Show show = Show.ALL;
    private Grouping grouping = Grouping.PROJECT;
    private @Nullable MetricName measure;
    private int ticks;

    public FleetViewModel(ConsoleSession session, ConsoleServices services) {
        super(session);
        this.services = services;
        reader = new FleetReader(services, session, () -> session.screen().execute(this::refresh));
    }

    @Override
    protected FleetSnapshot read(TargetId target) {
        return reader.read();
    }

    @Override
    protected boolean isEmpty(FleetSnapshot picture) {
        return picture.cards().size() < 2;
    }

    @Override
    protected boolean aboutOneServer() {
        return false;
    }

    @Override
    protected boolean stale(FleetSnapshot picture) {
        return picture.silentSince() != null;
    }

    @Override
    public String staleWords() {
        var picture = dataProperty().get();
        var since = picture == null ? null : picture.silentSince();
        return since == null
                ? ""
                : Texts.of(
                        "Nothing was measured since %s. You see the last figures.",
                        Texts.clock(since, session.now(), session.zone()));
    }

    /// Never by itself: with many servers there is an event in every moment. The next tick reads.
    @Override
    protected boolean concerns(OpsEvent event) {
        switch (event) {
            case OpsEvent.HealthMeasured _, OpsEvent.RunEnded _ -> {}
            case OpsEvent _ -> reader.listsChanged();
        }
        return false;
    }

    @Override
    protected boolean concernedByPlans() {
        reader.listsChanged();
        return true;
    }

    @Override
    public void activate() {
        super.activate();
        active.set(true);
        readViews();
    }

    @Override
    public void deactivate() {
        active.set(false);
        super.deactivate();
    }

    /// While the screen is shown.
    ReadOnlyBooleanProperty activeProperty() {
        return active.getReadOnlyProperty();
    }

    /// Each second, on the screen's thread.
    void tick() {
        if (++ticks % READ_EVERY == 0) {
            refresh();
        }
    }

    @Override
    public void tryAgain() {
        session.servers().forget();
        var card = selectedCard();
        card.ifPresent(c -> services.targets().tryAgain(c.target()));
        reader.listsChanged();
        refresh();
    }

    @Override
    protected void shown(FleetSnapshot picture) {
        changed();
        selectedCard().ifPresent(this::readDetail);
    }

    private void changed() {
        look.set(look.get() + 1);
    }

    ReadOnlyIntegerProperty lookProperty() {
        return look.getReadOnlyProperty();
    }

    /// The lines of the list as they are now.
    List<FleetRow> rows(int columns) {
        var picture = dataProperty().get();
        if (picture == null) {
            return List.of();
        }
        var at = places.at(picture.cards(), picture.at());
        var rows = new FleetRows(grouping, measure, toggled, at, columns);
        return rows.of(picture.cards().stream().filter(fits(picture)).toList());
    }

    private Predicate<ServerCard> fits(FleetSnapshot picture) {
        Predicate<ServerCard> all = c -> show.fits(c) && filter.fits(c);
        var by = measure;
        if (by == null) {
            return all;
        }
        // Of a measure that nobody breaks, all who have a value.
        boolean broken = picture.cards().stream().anyMatch(c -> breaks(c, by));
        return all.and(
                c ->
                        broken
                                ? breaks(c, by)
                                : c.light(by).filter(l -> l.mark() != Light.Mark.NONE).isPresent());
    }

    private static boolean breaks(ServerCard card, MetricName measure) {
        return card.light(measure)
                .filter(l -> l.mark() == Light.Mark.WARNING || l.mark() == Light.Mark.CRITICAL)
                .isPresent();
    }

    /// Takes what was typed; what is not understood leaves the filter as it is and is said.
    void filter(String typed) {
        switch (FleetFilter.parse(typed)) {
            case FleetFilter.Parsed.Filter f -> {
                filter = f.filter();
                refused = "";
                places.settle();
            }
            case FleetFilter.Parsed.Refused r -> refused = r.why();
        }
        changed();
    }

    String filterText() {
        return filter.text();
    }

    /// Why what was typed is no filter; empty when it is one.
    String refused() {
        return refused;
    }

    void show(Show next) {
        show = next;
        places.settle();
        changed();
    }

    Show show() {
        return show;
    }

    void group(Grouping next) {
        grouping = next;
        places.settle();
        changed();
    }

    Grouping grouping() {
        return grouping;
    }

    /// The second time on the same one takes it back.
    void measure(MetricName next) {
        measure = next == measure ? null : next;
        places.settle();
        changed();
    }

    @Nullable MetricName measure() {
        return measure;
    }

    /// Folds or opens a group, or the well ones of a type.
    void toggle(String key) {
        if (!toggled.remove(key)) {
            toggled.add(key);
        }
        changed();
    }

    ReadOnlyObjectProperty<@Nullable String> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable FleetDetail> detailProperty() {
        return detail.getReadOnlyProperty();
    }

    Optional<ServerCard> selectedCard() {
        var picture = dataProperty().get();
        var key = selected.get();
        return picture == null || key == null ? Optional.empty() : picture.card(key);
    }

    void select(@Nullable String key) {
        var before = selected.get();
        if (key == null || !key.equals(before)) {
            detail.set(null);
        }
        selected.set(key);
        selectedCard().ifPresent(this::readDetail);
        changed();
    }

    private void readDetail(ServerCard card) {
        var now = session.now();
        session.background()
                .execute(
                        () -> {
                            var read = FleetDetail.read(services, card, now);
                            session.screen()
                                    .execute(
                                            () -> {
                                                if (read.key().equals(selected.get())) {
                                                    detail.set(read);
                                                }
                                            });
                        });
    }

    /// The overview of this server.
    void open(ServerCard card) {
        session.lookAt(card.target());
        session.goTo(Destination.overview());
    }

    /// The rows behind one of its measures.
    void evidence(ServerCard card, MetricName metric) {
        session.lookAt(card.target());
        session.goTo(
                services.health().metrics().watched(metric).isPresent()
                        ? Destination.metric(metric.id())
                        : Destination.overview());
    }

    void ask(ServerCard card) {
        session.lookAt(card.target());
        session.goTo(Destination.ask());
    }

    /// Silences these alerts; their repair goes on.
    void mute(List<Alert> alerts, Instant until, String reason) {
        inBackground(
                () -> {
                    for (var alert : alerts) {
                        var mute =
                                new Mute(
                                        alert.metric(),
                                        alert.subject(),
                                        session.user(),
                                        session.now(),
                                        until,
                                        reason);
                        services.health().alerts().mute(alert.target(), mute);
                    }
                    reader.listsChanged();
                });
    }

    ReadOnlyObjectProperty<List<View>> viewsProperty() {
        return views.getReadOnlyProperty();
    }

    private void readViews() {
        lookUp(_ -> services.health().fleetViews().of(session.user()), views::set);
    }

    /// Keeps filter and grouping under this name.
    void keep(String name) {
        var view = new View(name.strip(), filter.text(), grouping.name());
        inBackground(
                () -> services.health().fleetViews().keep(session.user(), view), this::readViews);
    }

    void forget(View view) {
        inBackground(
                () -> services.health().fleetViews().forget(session.user(), view.name()),
                this::readViews);
    }

    void use(View view) {
        show = Show.ALL;
        measure = null;
        Arrays.stream(Grouping.values())
                .filter(g -> g.name().equals(view.grouping()))
                .findFirst()
                .ifPresent(g -> grouping = g);
        filter(view.filter());
    }
}
