package io.lakebaseops.framework;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a tool is, for people, schedulers and models.
///
/// @param name snake case, the class is its CamelCase
/// @param agent `provisioning`, `performance` or `health`
/// @param summary one line; a language model reads it
/// @param requirement section of the product's requirements it fulfils, for example `B.indexes`
/// @param scope what one run is about
/// @param cadence when it runs without being asked
/// @param triggers events after which its agent runs it
public record ToolDescriptor(
        String name,
        String agent,
        String module,
        ToolKind kind,
        String summary,
        String requirement,
        Scope scope,
        Duration timeout,
        Cadence cadence,
        List<EventTrigger<?>> triggers) {
    private static final Pattern PLACE = Pattern.compile(".*\\.agents\\.([a-z]+)\\.([a-z]+)");

    public ToolDescriptor {
        triggers = List.copyOf(triggers);
    }

    public enum Scope {
        /// No database is needed.
        CONSOLE,
        /// One project of the control plane.
        PROJECT,
        /// One branch's (or plain target's) database server.
        BRANCH
    }

    /// Name from the class, agent and module from its package; about a branch, for five minutes at
    /// most, on request, until it is told otherwise.
    public static ToolDescriptor of(
            Class<? extends Tool<?, ?>> tool, String summary, String requirement) {
        var place = PLACE.matcher(tool.getPackageName());
        if (!place.matches()) {
            throw new IllegalArgumentException(
                    tool + " is not in a module of an agent: agents.<agent>.<module>");
        }
        return new ToolDescriptor(
                name(tool),
                place.group(1),
                place.group(2),
                ChangeTool.class.isAssignableFrom(tool) ? ToolKind.CHANGE : ToolKind.READ,
                summary,
                requirement,
                Scope.BRANCH,
                Duration.ofMinutes(5),
                new Cadence.OnRequest(),
                List.of());
    }

    /// `DetectUnusedIndexes` is `detect_unused_indexes`.
    public static String name(Class<? extends Tool<?, ?>> tool) {
        return tool.getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    public ToolDescriptor about(Scope value) {
        return with(kind, value, timeout, cadence, triggers);
    }

    public ToolDescriptor within(Duration value) {
        return with(kind, scope, value, cadence, triggers);
    }

    /// It appends to our own history.
    public ToolDescriptor appendingHistory() {
        return with(ToolKind.HISTORY, scope, timeout, cadence, triggers);
    }

    /// It files plans while it runs and waits for them, so it reports as a read tool does.
    public ToolDescriptor changing() {
        return with(ToolKind.CHANGE, scope, timeout, cadence, triggers);
    }

    public ToolDescriptor in(StandardJob job) {
        return with(kind, scope, timeout, new Cadence.InJob(job), triggers);
    }

    /// In a job of its own, named like the tool.
    public ToolDescriptor every(String cron) {
        return with(kind, scope, timeout, new Cadence.Cron(cron), triggers);
    }

    /// Its agent runs it when it hears of this.
    public ToolDescriptor on(EventTrigger<?> trigger) {
        var all = Stream.concat(triggers.stream(), Stream.of(trigger)).toList();
        return with(kind, scope, timeout, cadence, all);
    }

    private ToolDescriptor with(
            ToolKind itsKind,
            Scope itsScope,
            Duration itsTimeout,
            Cadence itsCadence,
            List<EventTrigger<?>> its) {
        return new ToolDescriptor(
                name,
                agent,
                module,
                itsKind,
                summary,
                requirement,
                itsScope,
                itsTimeout,
                itsCadence,
                its);
    }

    /// Cron in UTC; null = only on request.
    public @Nullable String schedule() {
        return cadence.cron();
    }
}
