package io.lakebaseops.change.audit;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Changes of settings as the audit chain tells them: who changed what, from which value to which.
/// No secret is ever among the values.
public final class SettingChanges {
    /// Kind of their entries; an index of the chain names it.
    static final String KIND = "setting";

    private final Supplier<StateDb> db;
    private final Supplier<AuditChain> chain;

    public SettingChanges(Supplier<StateDb> db, Supplier<AuditChain> chain) {
        this.db = db;
        this.chain = chain;
    }

    /// @param what the setting, as the screen names it
    /// @param before null where there was none
    /// @param after null where none is left
    public record Change(String what, @Nullable String before, @Nullable String after) {}

    public record Made(Instant at, String by, Change change) {}

    /// Changes of what is in the state database: nothing of them stays when the chain refuses an
    /// entry.
    public void inState(Actor by, List<Change> changes, StateDb.VoidWork write) {
        db.get()
                .run(
                        tx -> {
                            write.in(tx);
                            append(tx, by, changes);
                        });
    }

    /// For what is kept elsewhere, such as a file: called once it is done.
    public void done(Actor by, List<Change> changes) {
        db.get().run(tx -> append(tx, by, changes));
    }

    private void append(Tx tx, Actor by, List<Change> changes) throws SQLException {
        chain.get()
                .append(
                        tx,
                        changes.stream()
                                .map(
                                        c ->
                                                new AuditChain.Draft(
                                                        KIND,
                                                        null,
                                                        by.name(),
                                                        StateParams.of(
                                                                "what", c.what(),
                                                                "before", c.before(),
                                                                "after", c.after())))
                                .toList());
    }

    private record Row(Instant at, String actor, String body) {}

    /// Newest first.
    public List<Made> newest(int limit) {
        return db
                .get()
                .tx(tx -> tx.query(AuditSql.SETTING_CHANGES, Map.of("limit", limit), Row.class))
                .stream()
                .map(r -> new Made(r.at(), r.actor(), StateJson.read(r.body(), Change.class)))
                .toList();
    }

    public long count() {
        return db.get()
                .tx(tx -> tx.column(AuditSql.SETTING_CHANGE_COUNT, Map.of(), Long.class))
                .getFirst();
    }
}
