package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.change.audit.AuditLog.ChainState;

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
}
