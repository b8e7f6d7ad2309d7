package io.lakebaseops.cli;

import io.lakebaseops.config.ProductVersion;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// The command line: `build(services).execute(args)` runs one command and returns its exit code.
/// Standard output carries the result only; what went wrong goes to standard error.
public final class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})([smhd])");

    private Commands() {}

    @Command(
            name = "lakebaseops",
            description = "Watches and repairs PostgreSQL and Databricks Lakebase",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    private static final class Root {}

    private static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "LakebaseOps %s, Java %s".formatted(ProductVersion.current(), Runtime.version())
            };
        }
    }

    public static CommandLine build(Services services) {
        var commands =
                new CommandLine(new Root())
                        .addSubcommand(new ToolsCommand(services))
                        .addSubcommand(new ToolCommand(services))
                        .addSubcommand(new AskCommand(services))
                        .addSubcommand(new SqlCommand(services))
                        .addSubcommand(new McpCommand(services))
                        .addSubcommand(new ApprovalsCommand(services))
                        .addSubcommand(new AuditCommand(services))
                        .addSubcommand(new JobsCommand(services))
                        .addSubcommand(new ReportCommand(services))
                        .addSubcommand(new NotifyCommand(services))
                        .addSubcommand(new LocalCommand(services))
                        .addSubcommand(new DemoCommand(services))
                        .addSubcommand(new GameDayCommand(services));
        return commands.registerConverter(Duration.class, Commands::duration)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // Colours are escape sequences, which the guard would show as text.
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(PrintableWriter.over(commands.getOut()))
                .setErr(PrintableWriter.over(commands.getErr()))
                .setExecutionExceptionHandler((failure, line, _) -> explain(failure, line));
    }

    /// The boundary of the command line: every failure is one line for a person and a code.
    private static int explain(Exception failure, CommandLine line) {
        return switch (failure) {
            case OpsException ops -> {
                line.getErr().println(Format.printable(String.valueOf(ops.getMessage())));
                yield ExitCode.of(ops);
            }
            case TargetOptions.Misuse misuse -> {
                line.getErr().println(misuse.getMessage());
                yield ExitCode.USAGE;
            }
            default -> {
                log.error("{} failed unexpectedly", line.getCommandName(), failure);
                line.getErr().println("Failed unexpectedly: " + failure);
                yield ExitCode.FAILED;
            }
        };
    }

    /// `5s`, `10m`, `PT1H`, or plain seconds.
    private static Duration duration(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var match = SECONDS.matcher(text.toLowerCase(Locale.ROOT));
        var iso =
                match.matches()
                        ? (match.group(2).equals("d") ? "P" : "PT")
                                + match.group(1)
                                + match.group(2).toUpperCase(Locale.ROOT)
                        : text;
        try {
            return Duration.parse(iso);
        } catch (DateTimeException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not a duration such as 5s, 10m or PT1H");
        }
    }
}
