package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.agents.provisioning.branching.BranchName;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/// The catalog of a database as it shall be, and what stands against it.
///
/// @param name null = from the project's
/// @param domain names the groups; null = the project's tag or id
/// @param readers null = `<domain>-readers`
/// @param stewards null = `<domain>-stewards`
record CatalogSpec(
        @Nullable String name,
        @Nullable String domain,
        String project,
        String branch,
        String database,
        @Nullable List<String> readers,
        @Nullable List<String> stewards) {
    CatalogSpec {
        name = name == null ? null : CatalogName.checked(name);
        check(readers);
        check(stewards);
    }

    sealed interface Answer {
        record Refused(String why, String remedy) implements Answer {}

        /// @param registered the database is known already
        record Looked(CatalogDrift gap, Registration wanted, String domain, boolean registered)
                implements Answer {}
    }

    /// Of a project that is still to be made.
    Answer fresh(ControlPlane plane, Deadline deadline) {
        var own = domain == null ? CatalogName.domainOf(project) : domain;
        return look(plane, usual(), BranchName.slug(own), false, deadline);
    }

    Answer on(ControlPlane plane, Deadline deadline) {
        var unity = plane.unity();
        var all = unity.registrations(deadline);
        var there = on(all, branch);
        if (there.isPresent() && name != null && !name.equals(there.get().catalog())) {
            return new Answer.Refused(
                    "database %s is registered as %s, and a database has one catalog at a time"
                            .formatted(database, there.get().catalog()),
                    "leave the catalog out, or unregister %s first"
                            .formatted(there.get().catalog()));
        }
        var inherited = inherited(plane, all, deadline);
        if (there.isEmpty() && inherited.isPresent()) {
            return new Answer.Refused(
                    "branch %s inherits the registration of %s as %s"
                            .formatted(branch, inherited.get().branch(), inherited.get().catalog()),
                    "run this on branch " + inherited.get().branch());
        }
        if (!unity.hasDatabase(project, branch, database, deadline)) {
            return new Answer.Refused(
                    "there is no database %s on %s/%s".formatted(database, project, branch),
                    "name one that is there, or make it first");
        }
        return look(
                plane,
                there.orElseGet(this::usual),
                domainOn(plane, deadline),
                there.isPresent(),
                deadline);
    }

    private Answer look(
            ControlPlane plane,
            Registration wanted,
            String itsDomain,
            boolean registered,
            Deadline deadline) {
        var gap = new CatalogDrift(plane.unity(), wanted, deadline);
        var obstacle = gap.obstacle();
        if (obstacle.isPresent()) {
            return new Answer.Refused(obstacle.get(), "choose another name for the catalog");
        }
        gap.find(
                readers == null ? List.of(itsDomain + "-readers") : readers,
                stewards == null ? List.of(itsDomain + "-stewards") : stewards);
        return new Answer.Looked(gap, wanted, itsDomain, registered);
    }

    private Registration usual() {
        return new Registration(
                name == null ? CatalogName.ofProject(project) : name, project, branch, database);
    }

    private String domainOn(ControlPlane plane, Deadline deadline) {
        return BranchName.slug(
                domain != null && !domain.isBlank()
                        ? domain
                        : plane.tags(project, deadline)
                                .getOrDefault("domain", CatalogName.domainOf(project)));
    }

    /// The registration of a branch this one was copied from, which the copy inherits.
    private Optional<Registration> inherited(
            ControlPlane plane, List<Registration> all, Deadline deadline) {
        var at = plane.branch(project, branch, deadline);
        while (at.isPresent() && at.get().source() != null) {
            var source = String.valueOf(at.get().source());
            var found = on(all, source);
            if (found.isPresent()) {
                return found;
            }
            at = plane.branch(project, source, deadline);
        }
        return Optional.empty();
    }

    private Optional<Registration> on(List<Registration> all, String ofBranch) {
        return all.stream()
                .filter(r -> r.project().equals(project) && r.branch().equals(ofBranch))
                .filter(r -> r.database().equals(database))
                .findFirst();
    }

    private static void check(@Nullable List<String> groups) {
        if (groups != null && groups.stream().anyMatch(String::isBlank)) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Groups of the catalog",
                    "a group needs a name",
                    "correct it");
        }
    }
}
