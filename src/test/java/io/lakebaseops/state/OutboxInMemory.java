package io.lakebaseops.state;

import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// The outbox as the state database keeps it, without one.
public final class OutboxInMemory implements Outbox {
    private final List<Entry> entries = new ArrayList<>();
    public final List<Alert> alerts = new ArrayList<>();
    public final List<Deed> deeds = new ArrayList<>();

    @Override
    public synchronized List<Alert> toTell(Instant since) {
        return alerts.stream()
                .filter(a -> a.recoveredAt() == null || a.recoveredAt().isAfter(since))
                .toList();
    }

    @Override
    public synchronized List<Entry> about(Collection<String> ids) {
        return entries.stream().filter(e -> ids.contains(e.alertId())).toList();
    }

    public synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void add(Entry entry) {
        boolean filed =
                entries.stream()
                        .anyMatch(
                                e ->
                                        e.alertId().equals(entry.alertId())
                                                && e.channel().equals(entry.channel())
                                                && e.act() == entry.act()
                                                && e.severity() == entry.severity()
                                                && e.round() == entry.round());
        if (!filed) {
            entries.add(entry);
        }
    }

    @Override
    public synchronized List<Entry> due(Instant now, int limit) {
        return entries.stream()
                .filter(e -> e.state() == State.WAITING && !e.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Entry::dueAt))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean claim(Entry entry, Instant next) {
        return change(
                entry.id(),
                e -> e.state() == State.WAITING && e.attempts() == entry.attempts(),
                e ->
                        with(
                                e,
                                e.state(),
                                next,
                                e.attempts() + 1,
                                e.endedAt(),
                                e.reason(),
                                e.receipt()));
    }

    @Override
    public synchronized void postpone(UUID id, Instant due, @Nullable String reason) {
        change(
                id,
                e -> e.state() == State.WAITING,
                e ->
                        with(
                                e,
                                e.state(),
                                due,
                                e.attempts(),
                                e.endedAt(),
                                reason == null ? e.reason() : reason,
                                e.receipt()));
    }

    @Override
    public synchronized void end(
            UUID id, State state, Instant at, @Nullable String reason, @Nullable String receipt) {
        change(
                id,
                e -> e.state() == State.WAITING,
                e -> with(e, state, e.dueAt(), e.attempts(), at, reason, receipt));
    }

    @Override
    public List<Deed> deeds(String alert) {
        return List.copyOf(deeds);
    }

    private boolean change(
            UUID id,
            java.util.function.Predicate<Entry> when,
            java.util.function.UnaryOperator<Entry> to) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).id().equals(id) && when.test(entries.get(i))) {
                entries.set(i, to.apply(entries.get(i)));
                return true;
            }
        }
        return false;
    }

    private static Entry with(
            Entry e,
            State state,
            Instant due,
            int attempts,
            @Nullable Instant ended,
            @Nullable String reason,
            @Nullable String receipt) {
        return new Entry(
                e.id(),
                e.alertId(),
                e.channel(),
                e.act(),
                e.severity(),
                e.round(),
                state,
                e.createdAt(),
                due,
                attempts,
                ended,
                reason,
                receipt);
    }

    @Override
    public List<Last> last() {
        return List.of();
    }
}
