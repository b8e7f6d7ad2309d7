package io.lakebaseops.console.connect;

import io.lakebaseops.config.ConnectionDraft;
import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.connection.ConnectionReport;
import io.lakebaseops.domain.connection.ConnectionStage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/// Connections as the connect page needs them. Everything blocks and is called in the background.
public interface ConnectionDesk {
    /// What this computer knows already; files are read, no login is tried.
    List<FoundPlace> found();

    Saved saved();

    /// Can secrets be kept in the keychain of the system?
    boolean hasKeychain();

    /// @param live hears of every stage, from any thread
    ConnectionReport test(
            ConnectionDraft draft, Consumer<List<ConnectionStage>> live, Deadline deadline);

    /// From now on the SSH server of the draft may show the key that was refused.
    void acceptHostKey(ConnectionDraft draft);

    /// Keeps the connection and opens it at once.
    ///
    /// @param chosen the branch to look at; null for the usual one
    TargetId save(ConnectionDraft draft, @Nullable TargetId chosen);

    /// With its secrets.
    void remove(String name);

    /// @param by -1 for one place up, 1 for one down
    void move(String name, int by);

    /// @param troubles what of the file could not be read
    record Saved(List<Line> lines, List<String> troubles) {
        public Saved {
            lines = List.copyOf(lines);
            troubles = List.copyOf(troubles);
        }
    }

    /// @param condition how connecting stands; null where nobody asked
    record Line(ConnectionProfile profile, @Nullable TargetCondition condition) {}
}
