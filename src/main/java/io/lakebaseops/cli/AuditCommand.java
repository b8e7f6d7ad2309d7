package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.change.audit.AuditLog.ChainState;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.stream.Collectors;

/// The command `audit`: checks the record of what was done.
@Command(name = "audit", description = "Check the audit chain", mixinStandardHelpOptions = true)
final class AuditCommand {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    AuditCommand(Services services) {
        this.services = services;
    }

    @Command(
            name = "verify",
            description =
                    "Check every entry of the chain, every plan and decision against it, and the"
                            + " ends of the chain seen earlier",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--json") boolean json,
            @Option(
                            names = "--new",
                            description = "only what is new since the last good verification here")
                    boolean onlyNew) {
        var out = spec.commandLine().getOut();
        var node = JsonNodeFactory.instance.objectNode();
        int code;
        String text;
        var log = services.audit();
        switch (onlyNew ? log.verify() : log.verifyAll()) {
            case ChainState.Intact intact -> {
                node.put("intact", true)
                        .put("entries", intact.entries())
                        .put("head", intact.head());
                intact.notes().forEach(node.putArray("notes")::add);
                text =
                        "Intact: %d entries, head %s".formatted(intact.entries(), intact.head())
                                + intact.notes().stream()
                                        .map(note -> "%n  Note: %s".formatted(note))
                                        .collect(Collectors.joining());
                code = ExitCode.OK;
            }
            case ChainState.Broken broken -> {
                node.put("intact", false).put("seq", broken.seq()).put("why", broken.why());
                text = "Broken at entry " + broken.seq() + ": " + broken.why();
                code = ExitCode.FAILED;
            }
        }
        if (json) {
            OutputWriter.json(out, node);
        } else {
            out.println(text);
        }
        return code;
    }

    @Command(
            name = "accept-restored",
            description =
                    "After a backup of the state database was restored: accept the shorter chain as it"
                            + " is now. First shows what is lost; with --head and --reason it is written"
                            + " into the chain, in your name",
            mixinStandardHelpOptions = true)
    int acceptRestored(
            @Option(
                            names = "--head",
                            paramLabel = "HASH",
                            description = "the end of the chain that you were shown")
                    @Nullable String head,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "why it was restored, for the record")
                    @Nullable String reason) {
        var out = spec.commandLine().getOut();
        var log = services.audit();
        if (head != null && reason != null) {
            return told(log.acceptRestored(services.person(), head, reason));
        }
        var lost = log.restored();
        if (lost.isEmpty()) {
            out.println("Nothing that was seen earlier is missing: there is nothing to accept");
            return ExitCode.OK;
        }
        var copy = lost.get();
        out.println(
                "The chain ends with entry %d. Entries %d to %d were seen until %s and are not there: who filed, decided or did something then is not on record any more."
                        .formatted(
                                copy.entries(), copy.kept() + 1, copy.lost(), copy.lostSeenAt()));
        out.println(
                "If a backup was restored, accept it: audit accept-restored --head %s --reason '…'"
                        .formatted(copy.head()));
        out.println("If none was, somebody set the chain back: keep the database as evidence.");
        return ExitCode.FAILED;
    }

    private int told(ChainState state) {
        var out = spec.commandLine().getOut();
        return switch (state) {
            case ChainState.Intact intact -> {
                out.println(
                        "Accepted: %d entries, head %s".formatted(intact.entries(), intact.head()));
                yield ExitCode.OK;
            }
            case ChainState.Broken broken -> {
                out.println("Accepted, but broken at entry " + broken.seq() + ": " + broken.why());
                yield ExitCode.FAILED;
            }
        };
    }
}
