package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.change.audit.AuditLog.ChainState;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `audit`: is the record of what was done whole?
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
            description = "Recompute the whole chain",
            mixinStandardHelpOptions = true)
    int verify(@Option(names = "--json") boolean json) {
        var out = spec.commandLine().getOut();
        var node = JsonNodeFactory.instance.objectNode();
        int code;
        String text;
        switch (services.audit().verify()) {
            case ChainState.Intact intact -> {
                node.put("intact", true)
                        .put("entries", intact.entries())
                        .put("head", intact.head());
                text = "Intact: " + intact.entries() + " entries, head " + intact.head();
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
