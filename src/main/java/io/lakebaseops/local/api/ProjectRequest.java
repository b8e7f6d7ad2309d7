package io.lakebaseops.local.api;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Refusal;
import io.lakebaseops.local.api.http.UpdateMask;
import io.lakebaseops.local.api.state.BranchRow;
import io.lakebaseops.local.api.state.EndpointRules;
import io.lakebaseops.local.api.state.Limits;
import io.lakebaseops.local.api.state.Names;
import io.lakebaseops.local.api.state.ProjectRow;
import io.lakebaseops.local.api.state.ProjectRow.Settings;
import io.lakebaseops.local.api.state.ProjectRow.Tag;
import io.lakebaseops.local.api.state.Sizing;
import io.lakebaseops.local.api.state.State;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Reads the `spec` of a project. Folded into its settings, checked field by field.
final class ProjectRequest {
    private static final int PG_VERSION = 17;
    private static final Duration DEFAULT_HISTORY = Duration.ofDays(7);
    private static final String DEFAULTS = "spec.default_endpoint_settings";
    private static final String MIN = DEFAULTS + ".autoscaling_limit_min_cu";
    private static final String MAX = DEFAULTS + ".autoscaling_limit_max_cu";
    private static final String[] SUSPENSION = {
        DEFAULTS + ".suspend_timeout_duration", DEFAULTS + ".no_suspension"
    };

    /// The platform documents the suspension group under another parent than the field has; both
    /// are taken.
    static final UpdateMask.Known MASK =
            UpdateMask.known()
                    .field("spec.display_name")
                    .field("spec.history_retention_duration")
                    .field("spec.default_branch")
                    .field("spec.enable_pg_native_login")
                    .field("spec.budget_policy_id")
                    .field("spec.custom_tags")
                    .field(MIN)
                    .field(MAX)
                    .field(DEFAULTS + ".pg_settings")
                    .group(DEFAULTS + ".suspension", SUSPENSION)
                    .group("spec.project_default_settings.suspension", SUSPENSION);

    private ProjectRequest() {}

    static Settings forNew(String id, Fields spec, Limits limits) {
        Double version = spec.number("pg_version");
        if (version != null && version.intValue() != PG_VERSION) {
            throw Refusal.unsupported(
                    "Local Lakebase runs PostgreSQL 17 only, not " + version.intValue());
        }
        Duration history = spec.duration("history_retention_duration");
        Fields defaults = spec.object("default_endpoint_settings");
        Sizing sizing = EndpointRules.sizing(defaults, Sizing.DEFAULT, limits);
        String name = spec.text("display_name");
        return new Settings(
                displayName(name == null ? id : name),
                PG_VERSION,
                history(history == null ? DEFAULT_HISTORY : history),
                sizing.settings(defaults.map("pg_settings")),
                Names.branch(id, "production"),
                spec.flag("enable_pg_native_login", false),
                spec.text("budget_policy_id"),
                tags(spec));
    }

    static Settings changed(
            State state, ProjectRow row, UpdateMask mask, Fields spec, Limits limits) {
        Settings now = row.settings();
        String name = spec.text("display_name");
        Duration history = spec.duration("history_retention_duration");
        String branch = spec.text("default_branch");
        return new Settings(
                mask.has("spec.display_name") ? displayName(name) : now.displayName(),
                PG_VERSION,
                mask.has("spec.history_retention_duration")
                        ? history(history)
                        : now.historyRetention(),
                defaults(now.endpointDefaults(), mask, spec, limits),
                mask.has("spec.default_branch")
                        ? defaultBranch(state, row, Objects.requireNonNullElse(branch, ""))
                        : now.defaultBranch(),
                mask.has("spec.enable_pg_native_login")
                        ? spec.flag("enable_pg_native_login", false)
                        : now.nativeLogin(),
                mask.has("spec.budget_policy_id")
                        ? spec.text("budget_policy_id")
                        : now.budgetPolicy(),
                mask.has("spec.custom_tags") ? tags(spec) : now.tags());
    }

    private static Sizing defaults(Sizing now, UpdateMask mask, Fields spec, Limits limits) {
        Fields given = spec.object("default_endpoint_settings");
        Double min = given.number("autoscaling_limit_min_cu");
        Double max = given.number("autoscaling_limit_max_cu");
        Sizing next =
                now.limits(
                        mask.has(MIN) && min != null ? min : now.minCu(),
                        mask.has(MAX) && max != null ? max : now.maxCu());
        if (mask.has(DEFAULTS + ".pg_settings")) {
            next = next.settings(given.map("pg_settings"));
        }
        if (mask.has(DEFAULTS + ".suspension")
                || mask.has("spec.project_default_settings.suspension")) {
            next = next.suspend(EndpointRules.suspension(given, limits));
        }
        return EndpointRules.checked(next);
    }

    private static String defaultBranch(State state, ProjectRow row, String name) {
        if (!Names.parent(name).equals(row.name())) {
            throw Refusal.invalid("spec.default_branch must be a branch of " + row.name());
        }
        BranchRow branch = state.liveBranch(name);
        if (branch.expireTime() != null) {
            throw Refusal.badRequest("a branch with an expiration time cannot be the default");
        }
        return name;
    }

    private static String displayName(@Nullable String name) {
        if (name == null || name.isEmpty() || name.length() > 256) {
            throw Refusal.invalid("spec.display_name must have 1 to 256 characters");
        }
        return name;
    }

    private static Duration history(@Nullable Duration window) {
        if (window == null
                || window.compareTo(Limits.SHORTEST_HISTORY) < 0
                || window.compareTo(Limits.LONGEST_HISTORY) > 0) {
            throw Refusal.invalid(
                    "spec.history_retention_duration must be between 172800s and 3024000s");
        }
        return window;
    }

    private static List<Tag> tags(Fields spec) {
        return spec.list("custom_tags").stream()
                .map(
                        tag ->
                                new Tag(
                                        Objects.requireNonNullElse(tag.text("key"), ""),
                                        Objects.requireNonNullElse(tag.text("value"), "")))
                .toList();
    }
}
