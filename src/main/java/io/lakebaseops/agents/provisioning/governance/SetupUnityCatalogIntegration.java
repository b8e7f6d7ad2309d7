package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.change.ControlPlanes;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
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
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.UnityCatalog.Registration;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How does the company's catalog know a database? Under a name that follows from the project's,
/// open to the groups of its domain, with the questions that tell what was done with it.
public final class SetupUnityCatalogIntegration
        implements ChangeTool<
                SetupUnityCatalogIntegration.Input, SetupUnityCatalogIntegration.Output> {
    public static final String NAME = "setup_unity_catalog_integration";

    /// Grants and names change: an older plan is made anew.
    private static final Duration PLAN_LIFE = Duration.ofHours(12);

    private final ControlPlanes planes;

    public SetupUnityCatalogIntegration(ControlPlanes planes) {
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
            List<CatalogGap.GroupRights> groups,
            List<String> mayNot,
            AccessHistory lineage,
            AccessHistory audit) {}

    @Override
    public ToolDescriptor descriptor() {
        return new ToolDescriptor(
                NAME,
                "provisioning",
                "governance",
                ToolKind.CHANGE,
                "Registers a database in Unity Catalog, grants to its domain's groups, and shows"
                        + " lineage and audit",
                "A.governance",
                null,
                Duration.ofMinutes(3),
                ToolDescriptor.Scope.BRANCH);
    }

    @Override
    public Class<Input> inputType() {
        return Input.class;
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
        var unity = plane.unity();
        context.progress().at(-1, "Looking for the database in Unity Catalog");
        var there =
                unity.registrationOf(
                        target.project(), target.branch(), input.database(), context.deadline());
        var asked = input.catalog() == null ? null : CatalogName.checked(input.catalog());
        if (there.isPresent() && asked != null && !asked.equals(there.get().catalog())) {
            return refuse(
                    "database %s is registered as %s, and a database has one catalog at a time"
                            .formatted(input.database(), there.get().catalog()),
                    "leave the catalog out, or unregister %s first"
                            .formatted(there.get().catalog()));
        }
        var inherited = inherited(plane, input.database(), context);
        if (there.isEmpty() && inherited.isPresent()) {
            return refuse(
                    "branch %s inherits the registration of %s as %s"
                            .formatted(
                                    target.branch(),
                                    inherited.get().branch(),
                                    inherited.get().catalog()),
                    "run this on branch " + inherited.get().branch());
        }
        if (!unity.hasDatabase(
                target.project(), target.branch(), input.database(), context.deadline())) {
            return refuse(
                    "there is no database %s on %s".formatted(input.database(), target),
                    "name one that is there, or make it first");
        }
        var wanted =
                there.orElseGet(
                        () ->
                                new Registration(
                                        asked == null
                                                ? CatalogName.ofProject(target.project())
                                                : asked,
                                        target.project(),
                                        target.branch(),
                                        input.database()));
        return propose(plane, wanted, there.isPresent(), input, context);
    }

    private Proposal<Output> propose(
            ControlPlane plane,
            Registration wanted,
            boolean registered,
            Input input,
            ToolContext context) {
        var gap = new CatalogGap(plane.unity(), wanted, context.deadline());
        var obstacle = gap.obstacle();
        if (obstacle.isPresent()) {
            return refuse(obstacle.get(), "choose another name for the catalog");
        }
        var domain = domain(plane, input, context);
        gap.find(
                groups(input.readers(), domain + "-readers"),
                groups(input.stewards(), domain + "-stewards"));
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
                        domain,
                        registered,
                        gap.groups(),
                        gap.mayNot(),
                        AccessHistory.lineage(
                                plane.unity(), wanted.catalog(), registered, context.deadline()),
                        AccessHistory.audit(
                                plane.unity(), wanted.catalog(), registered, context.deadline()));
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

    private static ChangePlan plan(CatalogGap gap, Registration wanted, ToolContext context) {
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
                "%s: %s"
                        .formatted(
                                wanted.catalog(),
                                String.join(
                                        "; ", gap.steps().stream().map(s -> s.title()).toList())),
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

    /// The registration of a branch this one was copied from, which the copy inherits.
    private static Optional<Registration> inherited(
            ControlPlane plane, String database, ToolContext context) {
        var target = context.target();
        var at = plane.branch(target.project(), target.branch(), context.deadline());
        while (at.isPresent() && at.get().source() != null) {
            var source = String.valueOf(at.get().source());
            var found =
                    plane.unity()
                            .registrationOf(target.project(), source, database, context.deadline());
            if (found.isPresent()) {
                return found;
            }
            at = plane.branch(target.project(), source, context.deadline());
        }
        return Optional.empty();
    }

    private static String domain(ControlPlane plane, Input input, ToolContext context) {
        if (input.domain() != null && !input.domain().isBlank()) {
            return input.domain();
        }
        var project = context.target().project();
        return plane.tags(project, context.deadline())
                .getOrDefault("domain", CatalogName.domainOf(project));
    }

    private static List<String> groups(@Nullable List<String> given, String usual) {
        var groups = given == null ? List.of(usual) : given;
        if (groups.stream().anyMatch(String::isBlank)) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Input of " + NAME,
                    "a group needs a name",
                    "correct it");
        }
        return groups.stream().distinct().toList();
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
