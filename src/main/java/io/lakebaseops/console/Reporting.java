package io.lakebaseops.console;

import java.util.function.BiFunction;
import java.util.function.Function;

/// How a screen becomes a section of a report.
///
/// @param standard a model of its own, with the range that suits a report of the whole state
/// @param source reads through a model what the section says
/// @param <M> its view model
public record Reporting<M extends ScreenModel<?>>(
        Class<M> type,
        Function<ConsoleSession, M> standard,
        BiFunction<ConsoleSession, M, ReportSource> source) {
    /// For a report of the whole state.
    public ReportSource standard(ConsoleSession session) {
        return source.apply(session, standard.apply(session));
    }

    /// As the screen is looked at: range and grouping are those on it.
    public ReportSource asShown(ConsoleSession session, ScreenModel<?> model) {
        return source.apply(session, type.cast(model));
    }
}
