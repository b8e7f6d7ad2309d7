package io.lakebaseops;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The rooms of the product and who may enter which, each rule with its reason.
final class ArchitectureTest {
    private static final String ROOT = "io.lakebaseops.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    // Translated from WebAssembly by the build.
                    .withImportOption(l -> !l.contains("/sqltext/wasm/"))
                    .importPackages("io.lakebaseops");

    private static String[] rooms(String... names) {
        return Stream.of(names).map(n -> ROOT + n + "..").toArray(String[]::new);
    }

    private static ArchRule never(String room, String because, String... forbidden) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(rooms(forbidden))
                .because(because)
                .allowEmptyShould(true);
    }

    @Test
    void rooms_use_lower_rows_only() {
        var adaptersAndUp =
                new String[] {
                    "app",
                    "console",
                    "cli",
                    "ask",
                    "agents",
                    "framework",
                    "change",
                    "postgres",
                    "schema",
                    "lakebase",
                    "lakehouse",
                    "notify",
                    "state",
                    "local"
                };
        never("domain", "the base knows nobody", concat(adaptersAndUp, "config")).check(CLASSES);
        never("config", "the base knows only itself", adaptersAndUp).check(CLASSES);
        for (var adapter :
                List.of("postgres", "schema", "lakebase", "lakehouse", "notify", "state")) {
            never(
                            adapter,
                            "an adapter serves any room above it and must not know them",
                            "app",
                            "console",
                            "cli",
                            "ask",
                            "agents",
                            "framework",
                            "change",
                            "local")
                    .check(CLASSES);
        }
        never(
                        "schema",
                        "the picture of a database needs a session and nothing else",
                        "lakebase",
                        "lakehouse",
                        "notify",
                        "state",
                        "config")
                .check(CLASSES);
        never(
                        "trial",
                        "a trial serves every agent and acts through the gate alone",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "lakehouse",
                        "local")
                .check(CLASSES);
        for (var below :
                List.of("framework", "change", "postgres", "schema", "lakebase", "state")) {
            never(below, "a comparison stands on it, not under it", "reconcile").check(CLASSES);
            never(below, "a trial stands on it, not under it", "trial").check(CLASSES);
        }
        never(
                        "reconcile",
                        "a comparison reads two sides and knows nobody who asks for it",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "framework",
                        "change",
                        "state",
                        "trial",
                        "lakebase",
                        "local")
                .check(CLASSES);
        never(
                        "twin",
                        "it plans statements and knows nobody who asks, nor where its server comes from",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "framework",
                        "change",
                        "trial",
                        "lakebase",
                        "lakehouse",
                        "state",
                        "config",
                        "local")
                .check(CLASSES);
        for (var below : List.of("postgres", "schema", "explain", "framework", "change")) {
            never(below, "the planner twin stands on it, not under it", "twin").check(CLASSES);
        }
        never("postgres", "sessions know no pictures made through them", "schema").check(CLASSES);
        never(
                        "gameday",
                        "who grades must not know what is graded, nor where it runs",
                        "app",
                        "console",
                        "cli",
                        "agents",
                        "framework",
                        "change",
                        "lakebase",
                        "lakehouse",
                        "postgres",
                        "state",
                        "local")
                .check(CLASSES);
        for (var graded : List.of("agents", "framework", "change", "console", "lakehouse")) {
            never(graded, "what is graded must not know its examination", "gameday").check(CLASSES);
        }
        never(
                        "guard",
                        "what decides about typed SQL must be readable alone",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "mcp",
                        "agents",
                        "framework",
                        "change",
                        "schema",
                        "lakebase",
                        "lakehouse",
                        "state",
                        "local")
                .check(CLASSES);
        never("postgres", "a session sends, the guard judges", "guard").check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "guard..", ROOT + "postgres..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + "postgres.TypedSqlSession")
                .because("typed SQL reaches a server through the guard alone")
                .check(CLASSES);
        never(
                        "change",
                        "the gate must be readable alone: it depends on adapters and base only",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "framework",
                        "local",
                        "lakehouse")
                .check(CLASSES);
        never(
                        "framework",
                        "the framework runs any tool and therefore knows none, nor how a database"
                                + " is reached",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "change",
                        "postgres",
                        "schema",
                        "lakebase",
                        "lakehouse",
                        "local")
                .check(CLASSES);
        never(
                        "agents",
                        "agents are used by screens and commands, never the other way",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "local")
                .check(CLASSES);
        never("ask", "answers serve every window and command", "app", "console", "cli", "local")
                .check(CLASSES);
        never(
                        "report",
                        "a document knows words and figures, not where they come from",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "framework",
                        "change",
                        "postgres",
                        "lakebase",
                        "lakehouse",
                        "state",
                        "local")
                .check(CLASSES);
        never("console", "a screen needs no command line and no server", "app", "cli", "local")
                .check(CLASSES);
        never("cli", "a command needs no window", "app", "console").check(CLASSES);
    }

    @Test
    void agents_meet_only_through_events() {
        var agents = List.of("provisioning", "performance", "health");
        for (var one : agents) {
            var others =
                    agents.stream()
                            .filter(a -> !a.equals(one))
                            .map(a -> "agents." + a)
                            .toArray(String[]::new);
            never("agents." + one, "an agent never calls another agent", others).check(CLASSES);
        }
    }

    @Test
    void local_lakebase_could_be_its_own_product() {
        never(
                        "local",
                        "the console must not be able to tell it from the cloud, so it shares no"
                                + " code",
                        "app",
                        "console",
                        "cli",
                        "ask",
                        "agents",
                        "framework",
                        "change",
                        "postgres",
                        "schema",
                        "lakebase",
                        "lakehouse",
                        "notify",
                        "state",
                        "twin",
                        "domain",
                        "config")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "local..", ROOT + "app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "local..")
                .because("there is no mock mode inside the application")
                .check(CLASSES);
    }

    @Test
    void only_the_gate_holds_the_key_to_a_write_session() {
        classes()
                .that()
                .implement(ROOT + "postgres.WritePermit")
                .should()
                .haveFullyQualifiedName(ROOT + "change.execution.Approved")
                .because("nothing alters a database except through the gate")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "change..", ROOT + "postgres..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + "postgres.WriteSession")
                .because("only the runner of approved plans writes")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "change.execution.ChangeRunner")
                .should()
                .callConstructorWhere(
                        JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(
                                        HasName.Predicates.name(
                                                ROOT + "change.execution.Approved"))))
                .because("the key is made in one place, for the run of a decided plan")
                .check(CLASSES);
    }

    @Test
    void the_gates_internals_are_used_inside_the_gate_only() {
        var doors =
                Set.of(
                        "approval.ApprovalDesk",
                        "approval.Decision",
                        "approval.Objections",
                        "approval.PlanDesk",
                        "approval.PlanHistory",
                        "approval.PlanListener",
                        "approval.PlanQueue",
                        "approval.StoredPlanQueue",
                        "archival.ArchiveRunner",
                        "archival.ColdRow",
                        "archival.ColdStore",
                        "audit.AuditChain",
                        "audit.AuditLog",
                        "audit.ChainHead",
                        "audit.HeadArchive",
                        "audit.SettingChanges",
                        "execution.Receipt",
                        "execution.StepListener",
                        "execution.StepMonitor",
                        "risk.RiskPolicy");
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "change..")
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe(
                                "are the gate's internals",
                                c ->
                                        c.getPackageName().startsWith(ROOT + "change.")
                                                && doors.stream()
                                                        .noneMatch(
                                                                d ->
                                                                        outermost(c)
                                                                                .equals(
                                                                                        ROOT
                                                                                                + "change."
                                                                                                + d))))
                .because("whoever could run, assess or record by himself would pass the gate by")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "change..")
                .should()
                .callMethodWhere(
                        JavaCall.Predicates.target(
                                        HasOwner.Predicates.With.owner(
                                                HasName.Predicates.name(
                                                        ROOT + "change.audit.AuditChain")))
                                .and(JavaCall.Predicates.target(HasName.Predicates.name("append"))))
                .because("the record is written by the gate alone")
                .check(CLASSES);
        never(
                        "change.risk",
                        "risk is told from text and place alone",
                        "change.approval",
                        "change.execution",
                        "change.audit")
                .check(CLASSES);
        never(
                        "change.audit",
                        "the record knows nothing of what it records",
                        "change.approval",
                        "change.execution",
                        "change.risk")
                .check(CLASSES);
        never("change.execution", "a run obeys a decision, it takes none", "change.approval")
                .check(CLASSES);
    }

    @Test
    void nothing_of_the_console_moves_by_itself() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "console..")
                .should()
                .dependOnClassesThat(
                        describe(
                                "animations other than a pause",
                                c ->
                                        c.getPackageName().equals("javafx.animation")
                                                && !c.getSimpleName().equals("PauseTransition")))
                .because("whatever moved would have to obey the wish for reduced motion")
                .check(CLASSES);
    }

    private static String outermost(JavaClass c) {
        int nested = c.getName().indexOf('$');
        return nested < 0 ? c.getName() : c.getName().substring(0, nested);
    }

    @Test
    void the_state_knows_the_acts_it_stores_and_no_control_plane() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "state..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "lakebase")
                .because("stored plans hold acts, which are records; nothing is asked from there")
                .check(CLASSES);
    }

    @Test
    void the_sdk_and_the_delta_kernel_stay_in_their_rooms() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "lakebase..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.databricks..")
                .because("one room speaks to the control plane")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "lakehouse..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.delta..", "org.apache.hadoop..")
                .because("history has one way in and one way out")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "lakehouse..", ROOT + "local.warehouse..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .because("the history has one engine, and Local Lakebase's warehouse its own")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "console..", ROOT + "app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("everything but the screens runs without a display")
                .check(CLASSES);
    }

    @Test
    void sql_text_is_read_in_one_room_that_knows_nobody() {
        classes()
                .that()
                .resideInAPackage(ROOT + "sqltext..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "sqltext..",
                        "java..",
                        "com.dylibso.chicory..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..")
                .because("what a statement says does not depend on who asks")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "sqltext..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.dylibso.chicory..", ROOT + "sqltext.parser..")
                .because("the parser behind it can be another one tomorrow")
                .check(CLASSES);
    }

    @Test
    void execution_plans_are_read_in_one_room_that_needs_no_server() {
        classes()
                .that()
                .resideInAPackage(ROOT + "explain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "explain..",
                        ROOT + "sqltext..",
                        ROOT + "domain..",
                        "java..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..")
                .because("a pasted plan is diagnosed without the server it came from")
                .check(CLASSES);
    }

    @Test
    void internals_of_libraries_are_used_in_one_class_each() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.KernelInternals(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.delta.kernel.internal..")
                .because("an upgrade of Delta Kernel is felt in one place")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("FlywayNaming")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb.core.internal..")
                .because("an upgrade of Flyway is felt in one place")
                .check(CLASSES);
    }

    @Test
    void threads_have_owners() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "framework.work..", ROOT + "local..", ROOT + "app..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .because("all threads of the console belong to framework.work")
                .check(CLASSES);
    }

    @Test
    void tools_write_no_files() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "agents..")
                .and()
                // The state of a collector, in a place the program chose: not a person's file.
                .doNotHaveFullyQualifiedName(ROOT + "agents.performance.metrics.SnapshotFile")
                .should()
                .callMethodWhere(
                        describe(
                                "it changes files",
                                call ->
                                        call.getTargetOwner().isEquivalentTo(Files.class)
                                                && call.getName()
                                                        .matches(
                                                                "write.*|create.*|copy|move"
                                                                        + "|delete.*|newOutputStream"
                                                                        + "|newBufferedWriter"
                                                                        + "|newByteChannel|set.*")))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileWriter")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .because("what runs without a person must not be able to plant a file")
                .check(CLASSES);
    }

    @Test
    void there_is_no_static_mutable_state() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(notGenerated())
                .should()
                .notBeFinal()
                .because("state that nobody owns cannot be tested")
                .check(CLASSES);
    }

    @Test
    void classes_are_final_unless_they_are_a_family() {
        var open =
                CLASSES.stream()
                        .filter(c -> !c.isInterface() && !c.isEnum() && !c.isRecord())
                        .filter(c -> !c.isAnonymousClass() && !c.isAnnotation())
                        .filter(c -> !c.getModifiers().contains(JavaModifier.FINAL))
                        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(c -> !c.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(c -> c.getAllSubclasses().isEmpty())
                        .map(JavaClass::getName)
                        .toList();
        assertThat(open).as("make these final").isEmpty();
    }

    @Test
    void no_main_file_is_longer_than_400_lines() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var file : mainFiles()) {
            long lines = Files.readAllLines(file).size();
            if (lines > 400) {
                tooLong.add(file + " " + lines);
            }
        }
        assertThat(tooLong).as("a second idea wants its own file").isEmpty();
    }

    @Test
    void every_package_is_null_marked() throws IOException {
        var missing = new ArrayList<Path>();
        for (var file : mainFiles()) {
            var info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                missing.add(file.getParent());
            }
        }
        assertThat(missing.stream().distinct()).isEmpty();
    }

    @Test
    void names_say_what_things_are() {
        var vague =
                CLASSES.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(n -> n.matches(".*(Impl|Manager|Util|Utils|Helper)$"))
                        .toList();
        assertThat(vague).isEmpty();
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> notGenerated() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "written by hand",
                c -> !c.getName().contains("$SwitchMap") && !c.isAnonymousClass());
    }

    private static List<Path> mainFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList();
        }
    }

    private static String[] concat(String[] some, String one) {
        return Stream.concat(Stream.of(some), Stream.of(one)).toArray(String[]::new);
    }
}
