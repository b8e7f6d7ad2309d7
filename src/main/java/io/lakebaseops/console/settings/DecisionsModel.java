package io.lakebaseops.console.settings;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Ends what somebody decided not to hear about, at once, and takes that back for ten seconds.
final class DecisionsModel {
    static final Duration UNDO = Duration.ofSeconds(10);

    private final SettingsViewModel owner;
    private final Alerts alerts;
    private final ApprovalDesk desk;
    private final ThresholdDesk log;
    private final ReadOnlyObjectWrapper<@Nullable Ended> ended = new ReadOnlyObjectWrapper<>();

    DecisionsModel(SettingsViewModel owner, Alerts alerts, ApprovalDesk desk, ThresholdDesk log) {
        this.owner = owner;
        this.alerts = alerts;
        this.desk = desk;
        this.log = log;
    }

    /// @param until then it can be taken back
    record Ended(Decision decision, TargetId target, Instant until) {}

    void end(Decision decision) {
        var session = owner.session();
        var target = session.target();
        owner.work(
                () -> {
                    carryOut(decision, target, session);
                    return session.now().plus(UNDO);
                },
                until -> {
                    ended.set(new Ended(decision, target, until));
                    owner.close();
                });
    }

    private void carryOut(Decision decision, TargetId target, ConsoleSession session) {
        switch (decision) {
            case Decision.Muted(var what, var mute) -> {
                alerts.unmute(target, mute.metric(), mute.subject());
                log.note(
                        new Change("Mute of " + what, "until " + Format.utc(mute.until()), null),
                        session.actor());
            }
            case Decision.Refused(var held) -> desk.askAgain(held, session.actor());
        }
    }

    void undo() {
        var last = ended.get();
        var session = owner.session();
        if (last == null || !session.now().isBefore(last.until())) {
            return;
        }
        ended.set(null);
        owner.work(
                () -> {
                    switch (last.decision()) {
                        case Decision.Muted(var what, var mute) -> {
                            alerts.mute(last.target(), mute);
                            log.note(
                                    new Change(
                                            "Mute of " + what,
                                            null,
                                            "until " + Format.utc(mute.until())),
                                    session.actor());
                        }
                        case Decision.Refused(var held) -> desk.holdAgain(held, session.actor());
                    }
                    return last;
                },
                _ -> {});
    }

    /// The ten seconds are over.
    void forget(Ended which) {
        if (which.equals(ended.get())) {
            ended.set(null);
        }
    }

    ReadOnlyObjectProperty<@Nullable Ended> endedProperty() {
        return ended.getReadOnlyProperty();
    }
}
