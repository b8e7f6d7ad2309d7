package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.OutputJson;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// `approvals`: what waits for a person, and the person's word on it.
@Command(
        name = "approvals",
        description = "See and decide waiting plans",
        mixinStandardHelpOptions = true)
final class ApprovalsCommand {
    private static final int SEARCHED = 500;
    private static final String URL = "The server, for a plan made with --url";

    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    ApprovalsCommand(Services services) {
        this.services = services;
    }

    @Command(name = "list", description = "Plans that wait", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--all", description = "Decided ones too") boolean all,
            @Option(
                            names = "--url",
                            paramLabel = "JDBC",
                            description = "Those for this server only")
                    @Nullable String url,
            @Option(names = "--json") boolean json) {
        var desk = settled();
        var plans = new ArrayList<>(desk.waiting());
        if (all) {
            plans.addAll(desk.history(SEARCHED));
        }
        if (url != null) {
            var server = services.target(new TargetChoice.Url(url));
            plans.removeIf(p -> !p.plan().target().equals(server));
        }
        if (json) {
            var array = JsonNodeFactory.instance.arrayNode();
            plans.forEach(p -> array.add(PlanJson.of(p)));
            OutputWriter.json(out(), array);
        } else if (plans.isEmpty()) {
            out().println("Nothing waits.");
        } else {
            OutputWriter.table(out(), plans.stream().map(ApprovalsCommand::row).toList());
        }
        return ExitCode.OK;
    }

    @Command(name = "show", description = "One plan in full", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "ID") String id, @Option(names = "--json") boolean json) {
        print(find(id), json);
        return ExitCode.OK;
    }

    @Command(
            name = "approve",
            description = "Approve and run exactly what is shown",
            mixinStandardHelpOptions = true)
    int approve(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--name", description = "The object's name, for high risk")
                    @Nullable String name,
            @Option(names = "--reason", description = "Why, for high risk") @Nullable String reason,
            @Option(names = "--fingerprint", description = "The one you were shown")
                    @Nullable String shown,
            @Option(names = "--yes", description = "As it stands now, for low risk only")
                    boolean yes,
            @Option(names = "--url", paramLabel = "JDBC", description = URL) @Nullable String url,
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        open(url, filed);
        if (!json) {
            print(filed, false);
        }
        // What stands in the database is what others may have written there: above low risk a
        // person says what he read.
        if (shown == null && !(yes && filed.risk().level() == RiskLevel.LOW)) {
            throw new TargetOptions.Misuse(
                    "Nothing was run. Approve what you read with --fingerprint "
                            + filed.fingerprint().brief());
        }
        var fingerprint = shown == null ? filed.fingerprint() : asShown(shown, filed);
        return decided(
                filed.id(),
                services.approvals()
                        .approve(filed.id(), fingerprint, services.person(), name, reason),
                json);
    }

    @Command(name = "reject", description = "Say no", mixinStandardHelpOptions = true)
    int reject(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true) String reason,
            @Option(
                            names = "--for",
                            description = "How long it is not proposed again: 7d; 30d by default")
                    @Nullable Duration time,
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        services.approvals()
                .reject(
                        filed.id(),
                        services.person(),
                        reason,
                        time == null ? null : Instant.now().plus(time));
        result(filed.id(), json);
        return ExitCode.OK;
    }

    @Command(
            name = "undo",
            description = "Plan the way back of a finished change; it is approved like any plan",
            mixinStandardHelpOptions = true)
    int undo(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--url", paramLabel = "JDBC", description = URL) @Nullable String url,
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        open(url, filed);
        var undo = services.approvals().planUndo(filed.id(), services.person());
        print(undo, json);
        if (!json && undo.state() == FiledPlan.State.WAITING) {
            out().printf(
                            "Nothing was run yet. Approve it with: approvals approve %.8s --fingerprint %s%n",
                            undo.id(), undo.fingerprint().brief());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "held",
            description = "What is not proposed again, because somebody said no",
            mixinStandardHelpOptions = true)
    int held(@Option(names = "--json") boolean json) {
        var held = services.approvals().heldBack(SEARCHED);
        if (json) {
            var array = JsonNodeFactory.instance.arrayNode();
            held.forEach(h -> array.add(OutputJson.tree(h)));
            OutputWriter.json(out(), array);
        } else if (held.isEmpty()) {
            out().println("Nothing is held back.");
        } else {
            OutputWriter.table(
                    out(),
                    held.stream()
                            .map(
                                    h ->
                                            List.of(
                                                    h.by(),
                                                    h.at() == null ? "" : h.at().toString(),
                                                    h.until() == null
                                                            ? "until it gets worse"
                                                            : "until " + h.until(),
                                                    h.title(),
                                                    h.why()))
                            .toList());
        }
        return ExitCode.OK;
    }

    /// Profiles are found by their name; a server named by URL must be named again.
    private void open(@Nullable String url, FiledPlan filed) {
        if (url == null) {
            return;
        }
        var server = services.target(new TargetChoice.Url(url));
        if (!server.equals(filed.plan().target())) {
            throw new TargetOptions.Misuse(
                    "Nothing was run. The plan is for "
                            + filed.plan().target().key()
                            + ", the URL leads to "
                            + server.key());
        }
    }

    /// The first digits will do as long as they are those of the plan as it stands; a full
    /// fingerprint goes to the desk, which compares it under lock.
    private static PlanFingerprint asShown(String shown, FiledPlan filed) {
        var hex = shown.toLowerCase(Locale.ROOT);
        if (hex.length() == filed.fingerprint().hex().length()) {
            return new PlanFingerprint(hex);
        }
        if (hex.length() >= filed.fingerprint().brief().length()
                && filed.fingerprint().hex().startsWith(hex)) {
            return filed.fingerprint();
        }
        throw new OpsException(
                OpsException.Kind.CONFLICT,
                "Approve " + filed.plan().title(),
                "the plan's fingerprint is " + filed.fingerprint().brief() + ", not " + shown,
                "read it again with `approvals show` before you decide");
    }

    private int decided(UUID id, Decision decision, boolean json) {
        return switch (decision) {
            case Decision.Granted _ -> {
                var state = result(id, json).state();
                yield state == FiledPlan.State.DONE ? ExitCode.OK : ExitCode.FAILED;
            }
            case Decision.Declined declined -> refused(id, declined.reason(), json);
            case Decision.Expired expired -> refused(id, expired.reason(), json);
        };
    }

    private int refused(UUID id, String reason, boolean json) {
        if (json) {
            OutputWriter.json(out(), PlanJson.of(find(id.toString())).put("refused", reason));
        } else {
            out().println("Nothing was run: " + reason);
        }
        return ExitCode.FAILED;
    }

    private FiledPlan result(UUID id, boolean json) {
        var filed = find(id.toString());
        if (json) {
            OutputWriter.json(out(), PlanJson.of(filed));
            return filed;
        }
        out().println(ReportText.word(filed.state()) + ": " + filed.plan().title());
        if (filed.reason() != null) {
            out().println("  " + filed.reason());
        }
        var verification = filed.verification();
        if (verification != null) {
            out().println("  " + PlanJson.inWords(verification));
            verification.measured().forEach(m -> out().println("    " + m));
        }
        return filed;
    }

    /// Where only commands are used, nobody else ends the plans of a process that died.
    private ApprovalDesk settled() {
        var desk = services.approvals();
        desk.settleAbandoned();
        return desk;
    }

    /// By the whole id or its unmistakable beginning.
    private FiledPlan find(String id) {
        var desk = settled();
        var matches =
                id.length() == 36
                        ? desk.find(uuid(id)).stream().toList()
                        : desk.find(id.toLowerCase(Locale.ROOT), 2);
        if (matches.size() != 1) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Plan " + id,
                    matches.isEmpty() ? "there is none" : "several begin like that",
                    "`approvals list --all` shows them");
        }
        return matches.getFirst();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT, "Plan " + id, "not a plan's id", "", e);
        }
    }

    private static List<String> row(FiledPlan filed) {
        return List.of(
                filed.id().toString(),
                ReportText.word(filed.risk().level()),
                ReportText.word(filed.state()),
                filed.plan().target().toString(),
                filed.plan().title());
    }

    private void print(FiledPlan filed, boolean json) {
        if (json) {
            OutputWriter.json(out(), PlanJson.of(filed));
        } else {
            PlanPrinter.print(out(), filed);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
