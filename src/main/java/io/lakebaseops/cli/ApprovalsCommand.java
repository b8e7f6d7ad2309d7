package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

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
            @Option(names = "--json") boolean json) {
        var desk = services.approvals();
        var plans = new ArrayList<>(desk.waiting());
        if (all) {
            plans.addAll(desk.history(SEARCHED));
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
            @Option(names = "--yes", description = "As it stands now") boolean yes,
            @Option(names = "--url", paramLabel = "JDBC", description = URL) @Nullable String url,
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        open(url, filed);
        if (!json) {
            print(filed, false);
        }
        if (shown == null && !yes) {
            throw new TargetOptions.Misuse(
                    "Nothing was run. Approve what you read with --fingerprint "
                            + filed.fingerprint().brief()
                            + ", or whatever stands there with --yes");
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
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        services.approvals().reject(filed.id(), services.person(), reason);
        result(filed.id(), json);
        return ExitCode.OK;
    }

    @Command(
            name = "undo",
            description = "Take a finished change back",
            mixinStandardHelpOptions = true)
    int undo(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true) String reason,
            @Option(names = "--url", paramLabel = "JDBC", description = URL) @Nullable String url,
            @Option(names = "--json") boolean json) {
        var filed = find(id);
        open(url, filed);
        return decided(
                filed.id(), services.approvals().undo(filed.id(), services.person(), reason), json);
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
                boolean good = state == FiledPlan.State.DONE || state == FiledPlan.State.UNDONE;
                yield good ? ExitCode.OK : ExitCode.FAILED;
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

    /// By the whole id or its unmistakable beginning.
    private FiledPlan find(String id) {
        var desk = services.approvals();
        var matches =
                id.length() == 36
                        ? desk.find(uuid(id)).stream().toList()
                        : Stream.concat(desk.waiting().stream(), desk.history(SEARCHED).stream())
                                .filter(p -> p.id().toString().startsWith(id))
                                .distinct()
                                .toList();
        if (matches.size() != 1) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Plan " + id,
                    matches.isEmpty() ? "there is none" : matches.size() + " begin like that",
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
