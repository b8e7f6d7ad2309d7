package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.plan.Step.ApiAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// How does an act on the control plane read to a person who decides about it?
final class ActDescription {
    private ActDescription() {}

    static String of(ApiAct act) {
        return switch (act) {
            case ApiAct.CreateBranch c ->
                    "create branch %s of %s from %s%s, %s%s"
                            .formatted(
                                    c.branch(),
                                    c.project(),
                                    c.source(),
                                    c.at() == null ? "" : " as of " + c.at(),
                                    life(c.ttlSeconds()),
                                    c.isProtected() ? ", protected" : "");
            case ApiAct.DeleteBranch d ->
                    "delete branch %s of %s".formatted(d.branch(), d.project());
            case ApiAct.UndeleteBranch u ->
                    "bring back the deleted branch %s of %s".formatted(u.branch(), u.project());
            case ApiAct.PurgeBranch p ->
                    "purge the deleted branch %s of %s for good".formatted(p.branch(), p.project());
            case ApiAct.ProtectBranch p ->
                    "%s branch %s of %s"
                            .formatted(
                                    p.isProtected() ? "protect" : "unprotect",
                                    p.branch(),
                                    p.project());
            case ApiAct.SetExpiry s ->
                    "branch %s of %s: %s".formatted(s.branch(), s.project(), life(s.ttlSeconds()));
            case ApiAct.CreateProject c ->
                    "create project %s (%s) with %s to %s CU, %s, production %s%s"
                            .formatted(
                                    c.project(),
                                    c.displayName(),
                                    c.minCu(),
                                    c.maxCu(),
                                    sleep(c.suspendSeconds()),
                                    c.isProtected() ? "protected" : "not protected",
                                    named(", tags ", c.tags()));
            case ApiAct.DeleteProject d -> "delete project " + d.project();
            case ApiAct.TagProject t -> "tag project " + t.project() + named(": ", t.tags());
            case ApiAct.ShapeEndpoint e ->
                    "%s endpoint %s of %s/%s: %s to %s CU, %s%s%s"
                            .formatted(
                                    e.readWrite() ? "read-write" : "read-only",
                                    e.endpoint(),
                                    e.project(),
                                    e.branch(),
                                    e.minCu(),
                                    e.maxCu(),
                                    sleep(e.suspendSeconds()),
                                    e.disabled() ? ", disabled" : "",
                                    named(", ", e.settings()));
            case ApiAct.EnsureRole r ->
                    "role %s on %s/%s%s%s%s%s"
                            .formatted(
                                    r.role(),
                                    r.project(),
                                    r.branch(),
                                    r.createDb() ? ", may create databases" : "",
                                    r.createRole() ? ", may create roles" : "",
                                    r.bypassRls() ? ", passes row security" : "",
                                    r.superuser() ? ", member of databricks_superuser" : "");
            case ApiAct.RegisterCatalog r ->
                    "register database %s of %s/%s as catalog %s of Unity Catalog%s"
                            .formatted(
                                    r.database(),
                                    r.project(),
                                    r.branch(),
                                    r.catalog(),
                                    r.makeDatabase() ? ", making the database if missing" : "");
            case ApiAct.UnregisterCatalog u ->
                    "take catalog %s (database %s of %s/%s) out of Unity Catalog"
                            .formatted(u.catalog(), u.database(), u.project(), u.branch());
            case ApiAct.GrantOnCatalog g ->
                    "grant %s on catalog %s to %s"
                            .formatted(
                                    String.join(", ", g.privileges()), g.catalog(), g.principal());
            case ApiAct.RevokeOnCatalog r ->
                    "revoke %s on catalog %s from %s"
                            .formatted(
                                    String.join(", ", r.privileges()), r.catalog(), r.principal());
        };
    }

    private static String life(@Nullable Long seconds) {
        return seconds == null ? "no expiry" : "expires after " + time(seconds);
    }

    private static String sleep(@Nullable Long seconds) {
        return seconds == null ? "never suspends" : "suspends after " + time(seconds);
    }

    private static String time(long seconds) {
        var t = Duration.ofSeconds(seconds);
        if (t.toHours() >= 48 && t.toHours() % 24 == 0) {
            return t.toDays() + " days";
        }
        return t.toMinutes() >= 120 && t.toMinutes() % 60 == 0
                ? t.toHours() + " h"
                : seconds % 60 == 0 ? t.toMinutes() + " min" : seconds + " s";
    }

    private static String named(String before, Map<String, String> map) {
        return map.isEmpty()
                ? ""
                : before
                        + map.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(", "));
    }
}
