package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads a catalog and its grants from Unity Catalog.
record CatalogReader(UnityCatalog unity) {
    /// @param sentence what was seen, for people
    record Seen(boolean so, String sentence) {}

    Optional<String> still(Precondition.CatalogState wanted, Deadline deadline) {
        var now = shown(wanted.catalog(), deadline);
        var expected = wanted.registered();
        boolean so =
                expected == null
                        ? now.isEmpty() && unity.entry(wanted.catalog(), deadline).isEmpty()
                        : now.equals(Optional.of(expected));
        return so
                ? Optional.empty()
                : Optional.of(
                        "%s: catalog %s %s now"
                                .formatted(
                                        wanted.description(),
                                        wanted.catalog(),
                                        now.map(n -> "stands for " + n).orElse("is another one")));
    }

    Optional<String> still(Precondition.GrantsAsSeen wanted, Deadline deadline) {
        var now = held(wanted.catalog(), wanted.principal(), deadline);
        return now.equals(wanted.privileges())
                ? Optional.empty()
                : Optional.of(
                        "%s: %s holds %s on %s now"
                                .formatted(
                                        wanted.description(),
                                        wanted.principal(),
                                        now.isEmpty() ? "nothing" : String.join(", ", now),
                                        wanted.catalog()));
    }

    Seen holds(Postcondition.CatalogRegistered proof, Deadline deadline) {
        var now = shown(proof.catalog(), deadline);
        var wanted =
                text(
                        new Registration(
                                proof.catalog(),
                                proof.project(),
                                proof.branch(),
                                proof.database()));
        return new Seen(
                now.equals(Optional.of(wanted)),
                "%s: catalog %s %s"
                        .formatted(
                                proof.description(),
                                proof.catalog(),
                                now.map(n -> "stands for " + n).orElse("is not registered")));
    }

    Seen holds(Postcondition.CatalogGone proof, Deadline deadline) {
        boolean gone = shown(proof.catalog(), deadline).isEmpty();
        return new Seen(
                gone,
                "%s: catalog %s is %s"
                        .formatted(proof.description(), proof.catalog(), gone ? "gone" : "there"));
    }

    Seen holds(Postcondition.CatalogGrants proof, Deadline deadline) {
        var now = held(proof.catalog(), proof.principal(), deadline);
        boolean so =
                proof.held()
                        ? now.containsAll(proof.privileges())
                        : proof.privileges().stream().noneMatch(now::contains);
        return new Seen(
                so,
                "%s: %s holds %s on %s"
                        .formatted(
                                proof.description(),
                                proof.principal(),
                                now.isEmpty() ? "nothing" : String.join(", ", now),
                                proof.catalog()));
    }

    private Optional<String> shown(String catalog, Deadline deadline) {
        return unity.registration(catalog, deadline).map(CatalogReader::text);
    }

    private List<String> held(String catalog, String principal, Deadline deadline) {
        return unity.grants(catalog, deadline).getOrDefault(principal, new TreeSet<>()).stream()
                .toList();
    }

    private static String text(Registration r) {
        return r.project() + "/" + r.branch() + "/" + r.database();
    }
}
