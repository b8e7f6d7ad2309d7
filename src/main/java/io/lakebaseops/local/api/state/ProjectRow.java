package io.lakebaseops.local.api.state;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The stored record of a project. `deleteTime` is set while it can still be undeleted.
public record ProjectRow(
        String id,
        String uid,
        String owner,
        Instant createTime,
        Instant updateTime,
        @Nullable Instant deleteTime,
        @Nullable Instant purgeTime,
        Settings settings) {

    public record Tag(String key, String value) {}

    /// What its owner can change.
    public record Settings(
            @Nullable String displayName,
            int pgVersion,
            Duration historyRetention,
            Sizing endpointDefaults,
            String defaultBranch,
            boolean nativeLogin,
            @Nullable String budgetPolicy,
            List<Tag> tags) {
        public Settings {
            tags = List.copyOf(tags);
        }
    }

    public String name() {
        return Names.project(id);
    }

    public boolean live() {
        return deleteTime == null;
    }

    public ProjectRow with(Settings changed, Instant now) {
        return new ProjectRow(id, uid, owner, createTime, now, deleteTime, purgeTime, changed);
    }

    public ProjectRow deleted(@Nullable Instant at, @Nullable Instant purgeAt, Instant now) {
        return new ProjectRow(id, uid, owner, createTime, now, at, purgeAt, settings);
    }
}
