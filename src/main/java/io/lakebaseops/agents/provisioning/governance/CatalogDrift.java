package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.UnityCatalog;
import io.lakebaseops.lakebase.UnityCatalog.Known;
import io.lakebaseops.lakebase.UnityCatalog.May;
import io.lakebaseops.lakebase.UnityCatalog.Registration;
import io.lakebaseops.lakebase.acts.GrantOnCatalogAct;
import io.lakebaseops.lakebase.acts.RegisterCatalogAct;
import io.lakebaseops.lakebase.acts.RevokeOnCatalogAct;
import io.lakebaseops.lakebase.acts.UnregisterCatalogAct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is missing between a database as Unity Catalog knows it and as it shall be known. Whatever
/// is right already is left alone; what we may not do is said, not tried.
final class CatalogDrift {
    /// Databases in Unity Catalog are read only, so there is nothing more to grant a reader.
    private static final List<String> READING = List.of("USE_CATALOG", "USE_SCHEMA", "SELECT");

    /// Stewards give and take the domain's rights themselves.
    private static final List<String> STEWARDING =
            List.of("USE_CATALOG", "USE_SCHEMA", "SELECT", "APPLY_TAG", "MANAGE");

    private final UnityCatalog unity;
    private final Registration wanted;
    private final Deadline deadline;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step> undo = new ArrayList<>();
    private final List<Precondition> preconditions = new ArrayList<>();
    private final List<Postcondition> proofs = new ArrayList<>();
    private final List<Postcondition> undoProofs = new ArrayList<>();
    private final List<GroupRights> groups = new ArrayList<>();
    private final List<String> mayNot = new ArrayList<>();
    private final List<String> caveats = new ArrayList<>();

    CatalogDrift(UnityCatalog unity, Registration wanted, Deadline deadline) {
        this.unity = unity;
        this.wanted = wanted;
        this.deadline = deadline;
    }

    /// @param missing what the plan grants; empty when it holds all or there is no such group
    record GroupRights(String group, Known known, List<String> held, List<String> missing) {}

    /// Why the catalog cannot be made so at all; empty when nothing stands against it.
    Optional<String> obstacle() {
        var there = unity.registration(wanted.catalog(), deadline);
        if (there.isPresent()) {
            var r = there.get();
            return r.equals(wanted)
                    ? Optional.empty()
                    : Optional.of(
                            "catalog %s stands for database %s of %s/%s already"
                                    .formatted(r.catalog(), r.database(), r.project(), r.branch()));
        }
        return unity.entry(wanted.catalog(), deadline)
                .map(
                        e ->
                                "there is a catalog %s already that is no database of ours (%s, owner %s)"
                                        .formatted(e.catalog(), e.kind(), e.owner()));
    }

    /// @param readers may read; @param stewards may also grant and tag
    void find(List<String> readers, List<String> stewards) {
        boolean registered = unity.registration(wanted.catalog(), deadline).isPresent();
        if (!registered && !mayRegister()) {
            return;
        }
        if (!registered) {
            register();
        }
        proofs.add(
                new Postcondition.CatalogRegistered(
                        "the database is known as " + wanted.catalog(),
                        wanted.catalog(),
                        wanted.project(),
                        wanted.branch(),
                        wanted.database()));
        var may = registered ? unity.manage(wanted.catalog(), deadline) : May.YES;
        for (var group : readers) {
            if (stewards.contains(group)) {
                continue;
            }
            rights(group, READING, may, registered);
        }
        for (var group : stewards) {
            rights(group, STEWARDING, may, registered);
        }
    }

    private boolean mayRegister() {
        var standing = unity.standing(deadline);
        if (standing.metastore() == null) {
            mayNot.add("register a catalog: this workspace has no metastore of Unity Catalog");
            return false;
        }
        if (standing.createCatalogs() == May.UNKNOWN) {
            caveats.add(
                    "whether we may create catalogs could not be read; the service decides when"
                            + " the plan runs");
        }
        if (standing.createCatalogs() == May.NO) {
            mayNot.add(
                    "register a catalog: CREATE CATALOG on metastore %s is missing; %s can grant it"
                            .formatted(standing.metastore(), standing.owner()));
            return false;
        }
        return true;
    }

    private void register() {
        steps.add(
                step(
                        "Register %s as catalog %s".formatted(wanted.database(), wanted.catalog()),
                        new RegisterCatalogAct(
                                wanted.catalog(),
                                wanted.project(),
                                wanted.branch(),
                                wanted.database(),
                                false)));
        undo.add(
                step(
                        "Unregister catalog " + wanted.catalog(),
                        new UnregisterCatalogAct(
                                wanted.catalog(),
                                wanted.project(),
                                wanted.branch(),
                                wanted.database())));
        preconditions.add(
                new Precondition.CatalogState("the name is still free", wanted.catalog(), null));
        undoProofs.add(new Postcondition.CatalogGone("it is unregistered", wanted.catalog()));
    }

    private void rights(String group, List<String> privileges, May may, boolean registered) {
        var known = unity.group(group, deadline);
        SortedSet<String> held =
                unity.grants(wanted.catalog(), deadline).getOrDefault(group, new TreeSet<>());
        var missing = new TreeSet<>(privileges);
        missing.removeAll(held);
        boolean all = held.contains("ALL_PRIVILEGES");
        if (known != Known.ACCOUNT) {
            caveats.add(
                    known == Known.NO
                            ? "there is no group %s: make it in the account and run this again"
                                    .formatted(group)
                            : "group %s is of this workspace only, Unity Catalog grants to groups of the account"
                                    .formatted(group));
        } else if (!missing.isEmpty() && !all && may == May.NO) {
            mayNot.add(
                    "grant %s on %s to %s: that takes its owner or MANAGE"
                            .formatted(String.join(", ", missing), wanted.catalog(), group));
        } else if (!missing.isEmpty() && !all) {
            grant(group, held, missing, registered);
            groups.add(new GroupRights(group, known, List.copyOf(held), List.copyOf(missing)));
            return;
        }
        groups.add(new GroupRights(group, known, List.copyOf(held), List.of()));
    }

    private void grant(
            String group, SortedSet<String> held, SortedSet<String> missing, boolean registered) {
        var list = List.copyOf(missing);
        steps.add(
                step(
                        "Grant %s on %s to %s"
                                .formatted(String.join(", ", list), wanted.catalog(), group),
                        new GrantOnCatalogAct(wanted.catalog(), group, list)));
        proofs.add(
                new Postcondition.CatalogGrants(
                        group + " has its rights", wanted.catalog(), group, list, true));
        preconditions.add(
                new Precondition.GrantsAsSeen(
                        "the rights of %s are as they were".formatted(group),
                        wanted.catalog(),
                        group,
                        List.copyOf(held)));
        if (registered) {
            // Of a catalog this plan registers, the grants go with it.
            undo.add(
                    step(
                            "Revoke it from " + group,
                            new RevokeOnCatalogAct(wanted.catalog(), group, list)));
            undoProofs.add(
                    new Postcondition.CatalogGrants(
                            group + " has them no more", wanted.catalog(), group, list, false));
        }
    }

    private static Step step(String title, ApiAct act) {
        return new Step.ApiStep(title, act, Reversibility.REVERSIBLE);
    }

    boolean registers() {
        return steps.stream()
                .anyMatch(
                        s -> s instanceof Step.ApiStep a && a.act() instanceof RegisterCatalogAct);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    List<Step> undo() {
        return List.copyOf(undo.reversed());
    }

    List<Precondition> preconditions() {
        return List.copyOf(preconditions);
    }

    List<Postcondition> proofs() {
        return List.copyOf(proofs);
    }

    List<Postcondition> undoProofs() {
        return List.copyOf(undoProofs);
    }

    List<GroupRights> groups() {
        return List.copyOf(groups);
    }

    /// In words, each a thing the caller has no right to.
    List<String> mayNot() {
        return List.copyOf(mayNot);
    }

    List<String> caveats() {
        return List.copyOf(caveats);
    }
}
