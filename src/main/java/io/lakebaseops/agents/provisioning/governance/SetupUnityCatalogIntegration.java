package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Proposes to register a database in Unity Catalog and to open it to the groups of its domain.
/// Under a name that follows from the project's, open to the groups of its domain, with the
/// questions that tell what was done with it.
public final class SetupUnityCatalogIntegration
        implements ChangeTool<
                SetupUnityCatalogIntegration.Input, SetupUnityCatalogIntegration.Output> {
    public static final String NAME = "setup_unity_catalog_integration";

    /// Grants and names change: an older plan is made anew.
    private static final Duration PLAN_LIFE = Duration.ofHours(12);

    private final ControlPlaneAccess planes;

    public SetupUnityCatalogIntegration(ControlPlaneAccess planes) {
        this.planes = planes;
    }

    public record Input(
            @Doc("Name in Unity Catalog; left out: from the project's, shop-prod is prod_shop")
                    @Nullable String catalog,
            @Doc("Business domain, names the groups; left out: the project's tag or id")
                    @Nullable String domain,
            @Doc(value = "Database", defaultValue = "\"databricks_postgres\"") String database,
            @Doc("Groups that may read; left out: <domain>-readers") @Nullable List<String> readers,
            @Doc("Groups that may read, tag and grant; left out: <domain>-stewards")
                    @Nullable List<String> stewards) {}

    /// @param namedAsUsual the catalog's name follows from the project's
    /// @param mayNot what the caller has no right to, in words
    public record Output(
            String project,
            String branch,
            String database,
            String catalog,
            boolean namedAsUsual,
            String domain,
            boolean registered,
            List<CatalogDrift.GroupRights> groups,
            List<String> mayNot,
            AccessHistory lineage,
            AccessHistory audit) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        SetupUnityCatalogIntegration.class,
                        "Registers a database in Unity Catalog, grants to its domain's groups, and shows"
                                + " lineage and audit",
                        "A.governance")
                .within(Duration.ofMinutes(3));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var target = context.target();
        var plane = planes.of(target).orElse(null);
        if (plane == null) {
            return refuse(
                    "Unity Catalog knows databases of Lakebase only",
                    "choose a Lakebase connection profile");
        }
        if (plane.branch(target.project(), target.branch(), context.deadline()).isEmpty()) {
            return refuse("there is no branch %s".formatted(target), "list the project's branches");
        }
        context.progress().at(-1, "Looking for the database in Unity Catalog");
        var wish =
                new CatalogSpec(
                        input.catalog(),
                        input.domain(),
                        target.project(),
                        target.branch(),
                        input.database(),
                        input.readers(),
                        input.stewards());
        return switch (wish.on(plane, context.deadline())) {
            case CatalogSpec.Answer.Refused(var why, var remedy) -> refuse(why, remedy);
            case CatalogSpec.Answer.Looked looked -> propose(plane, looked, context);
        };
    }

    private static Proposal<Output> propose(
            ControlPlane plane, CatalogSpec.Answer.Looked looked, ToolContext context) {
        var gap = looked.gap();
        var wanted = looked.wanted();
        var caveats = new ArrayList<>(gap.caveats());
        gap.mayNot().forEach(m -> caveats.add("we may not " + m));
        if (gap.steps().isEmpty() && gap.mayNot().isEmpty()) {
            caveats.add("nothing is missing that could be done; nothing changes");
        }
        var output =
                new Output(
                        wanted.project(),
                        wanted.branch(),
                        wanted.database(),
                        wanted.catalog(),
                        CatalogName.projectOf(wanted.catalog()).equals(wanted.project()),
                        looked.domain(),
                        looked.registered(),
                        gap.groups(),
                        gap.mayNot(),
                        AccessHistory.lineage(
                                plane.unity(),
                                wanted.catalog(),
                                looked.registered(),
                                context.deadline()),
                        AccessHistory.audit(
                                plane.unity(),
                                wanted.catalog(),
                                looked.registered(),
                                context.deadline()));
        caveats.addAll(unavailable(output));
        return new Proposal<>(
                new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                gap.steps().isEmpty() ? List.of() : List.of(plan(gap, wanted, context)));
    }

    private static List<String> unavailable(Output output) {
        var said = new ArrayList<String>();
        for (var history : List.of(output.lineage(), output.audit())) {
            if (history.source() == Source.UNAVAILABLE) {
                said.add(history.query() + " is unavailable: " + history.reason());
            }
        }
        return said;
    }

    private static ChangePlan plan(CatalogDrift gap, Registration wanted, ToolContext context) {
        var now = context.clock().instant();
        var preconditions = new ArrayList<Precondition>();
        preconditions.add(
                new Precondition.BranchState(
                        "the branch is there", wanted.project(), wanted.branch(), true));
        preconditions.addAll(gap.preconditions());
        return new ChangePlan(
                context.target(),
                NAME,
                context.actor(),
                gap.registers() ? "Register catalog" : "Grant on catalog",
                title(gap, wanted),
                new Subject("catalog", wanted.database(), null, null, wanted.catalog()),
                "%s asked that Unity Catalog know database %s of %s/%s"
                        .formatted(
                                context.actor().name(),
                                wanted.database(),
                                wanted.project(),
                                wanted.branch()),
                gap.steps(),
                new Undo(
                        gap.undo(),
                        "takes back exactly these registrations and grants; the database stays",
                        gap.undoProofs()),
                new ExpectedEffect(
                        "the database can be found and read in Unity Catalog by the groups named",
                        "2–30 s",
                        null),
                preconditions,
                gap.proofs(),
                List.of(),
                null,
                null,
                now,
                now.plus(PLAN_LIFE));
    }

    private static String title(CatalogDrift gap, Registration wanted) {
        long groups = gap.groups().stream().filter(g -> !g.missing().isEmpty()).count();
        var grants = "grant to %d group%s".formatted(groups, groups == 1 ? "" : "s");
        if (!gap.registers()) {
            return "Catalog %s: %s".formatted(wanted.catalog(), grants);
        }
        return "Register %s of %s as catalog %s%s"
                .formatted(
                        wanted.database(),
                        wanted.project(),
                        wanted.catalog(),
                        groups == 0 ? "" : " and " + grants);
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
