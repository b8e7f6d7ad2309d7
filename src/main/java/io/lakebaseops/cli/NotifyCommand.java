package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.notify.Notifications;
import io.lakebaseops.notify.SendResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `notify`: who is told about alerts, and does it arrive?
@Command(
        name = "notify",
        description = "List and test the channels that are told about alerts",
        mixinStandardHelpOptions = true)
final class NotifyCommand {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    NotifyCommand(Services services) {
        this.services = services;
    }

    @Command(
            name = "list",
            description = "Channels, what is routed to them, what is missing",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json") boolean json) {
        var notifications = services.notifications();
        notifications.troubles().forEach(spec.commandLine().getErr()::println);
        var array = JsonNodeFactory.instance.arrayNode();
        var rows = new ArrayList<List<String>>();
        for (var channel : notifications.channels()) {
            var node =
                    array.addObject()
                            .put("name", channel.name())
                            .put("kind", channel.kind())
                            .put("destination", channel.destination());
            told(channel).forEach(node.putArray("told")::add);
            node.put("missing", channel.missing().isEmpty() ? null : channel.missing());
            rows.add(
                    List.of(
                            channel.name(),
                            channel.kind(),
                            channel.destination(),
                            told(channel).isEmpty()
                                    ? "told nothing"
                                    : String.join(", ", told(channel)),
                            channel.missing().isEmpty() ? "ready" : channel.missing()));
        }
        if (json) {
            OutputWriter.json(out(), array);
        } else if (rows.isEmpty()) {
            out().println("No channel is configured.");
        } else {
            OutputWriter.table(out(), rows);
        }
        return ExitCode.OK;
    }

    private static List<String> told(Notifications.ChannelState channel) {
        var told = new ArrayList<String>();
        channel.severities().forEach(s -> told.add(s.name().toLowerCase(Locale.ROOT)));
        if (channel.escalation()) {
            told.add("escalation");
        }
        return told;
    }

    @Command(
            name = "test",
            description = "Send a test message and say whether it was taken",
            mixinStandardHelpOptions = true)
    int test(@Option(names = "--channel", paramLabel = "NAME", required = true) String channel) {
        return switch (services.notifications().test(channel)) {
            case SendResult.Sent _ -> {
                out().println(channel + ": sent");
                yield ExitCode.OK;
            }
            case SendResult.Later(var reason, _) -> failed(channel, reason);
            case SendResult.Refused(var reason) -> failed(channel, reason);
        };
    }

    private int failed(String channel, String reason) {
        spec.commandLine().getErr().println(channel + ": not sent: " + reason);
        return ExitCode.FAILED;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
