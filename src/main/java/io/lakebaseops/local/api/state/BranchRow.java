package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The stored record of a branch.
///
/// @param source full name of the branch it was copied from; null for a root
/// @param sourceLsn position in the source's log the copy was taken at
public record BranchRow(
        String project,
        String id,
        String uid,
        Instant createTime,
        Instant updateTime,
        State state,
        Instant stateChangeTime,
        boolean isProtected,
        @Nullable Instant expireTime,
        @Nullable String source,
        @Nullable String sourceLsn,
        @Nullable Instant sourceTime,
        @Nullable Instant deleteTime,
        @Nullable Instant purgeTime) {

    public enum State {
        INIT,
        READY,
        DELETED
    }

    public String name() {
        return Names.branch(project, id);
    }

    public boolean live() {
        return state != State.DELETED;
    }

    public boolean root() {
        return source == null;
    }

    public BranchRow ready(@Nullable String lsn, @Nullable Instant copiedAt, Instant now) {
        return new BranchRow(
                project,
                id,
                uid,
                createTime,
                now,
                State.READY,
                now,
                isProtected,
                expireTime,
                source,
                lsn,
                copiedAt,
                null,
                null);
    }

    public BranchRow with(boolean guarded, @Nullable Instant expiry, Instant now) {
        return new BranchRow(
                project,
                id,
                uid,
                createTime,
                now,
                state,
                stateChangeTime,
                guarded,
                expiry,
                source,
                sourceLsn,
                sourceTime,
                deleteTime,
                purgeTime);
    }

    public BranchRow deleted(Instant now, Instant purgeAt) {
        return new BranchRow(
                project,
                id,
                uid,
                createTime,
                now,
                State.DELETED,
                now,
                isProtected,
                expireTime,
                source,
                sourceLsn,
                sourceTime,
                now,
                purgeAt);
    }

    /// Back from the dead. An expiry that has passed meanwhile is dropped, or the branch would be
    /// deleted again at once.
    public BranchRow undeleted(Instant now) {
        Instant expiry = expireTime != null && expireTime.isAfter(now) ? expireTime : null;
        return new BranchRow(
                project,
                id,
                uid,
                createTime,
                now,
                State.READY,
                now,
                isProtected,
                expiry,
                source,
                sourceLsn,
                sourceTime,
                null,
                null);
    }
}
