package io.lakebaseops.console.report;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.Block.Fact;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Report;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes the report of a server: what it is about, then each screen's section. A section that
/// cannot be read says why, and the rest stands. Blocking.
public final class ReportDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
    private static final Duration VERSION = Duration.ofSeconds(5);

    /// What its marks mean, for readers who have no console.
    private static final List<Fact> READING =
            List.of(
                    new Fact(
                            Texts.of("Measured"),
                            Cell.of(
                                    Texts.of(
                                            "A figure without a mark was measured, at the time beside it."))),
                    new Fact(
                            Texts.of("Hatched"),
                            Cell.of(
                                            Texts.of(
                                                    "Generated for demonstration and not measured, or not checked again by the last look."))
                                    .simulated(true)),
                    new Fact("–", Cell.of(Texts.of("Not available; the reason stands beside it."))),
                    new Fact(
                            Texts.of("Estimated"),
                            Cell.of(Texts.of("Calculated from assumptions that stand beside it."))),
                    new Fact(
                            Texts.of("Statements"),
                            Cell.of(
                                    Texts.of(
                                            "Literals are replaced by ?; values that a plan is run with are left out. Control characters in names are written as \\u001B."))),
                    new Fact(
                            Texts.of("Lists"),
                            Cell.of(
                                    Texts.of(
                                            "Hold the first rows; how many more there are stands below."))));

    private final ConsoleServices services;
    private final List<Screen> screens;

    public ReportDesk(ConsoleServices services, List<Screen> screens) {
        this.services = services;
        this.screens = screens.stream().filter(s -> s.report() != null).toList();
    }

    /// Those that can be asked for by their id.
    public List<Screen> screens() {
        return screens;
    }

    /// Of all screens, with the ranges that suit a report.
    public Report whole(ConsoleSession session) {
        return report(
                session,
                Texts.of("State of "),
                screens.stream().map(s -> section(s, standard(s, session), session)).toList());
    }

    /// Of one screen.
    public Report one(ConsoleSession session, Screen screen, ReportSource source) {
        return report(
                session,
                Texts.of("%s of ", screen.title()),
                List.of(section(screen, source, session)));
    }

    /// @throws OpsException when no screen of this id stands in reports
    public Report one(ConsoleSession session, String id) {
        var screen =
                screens.stream()
                        .filter(s -> s.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                Texts.of("Screen %s", id),
                                                Texts.of("there is no report of it"),
                                                Texts.of(
                                                        "choose one of %s",
                                                        String.join(
                                                                ", ",
                                                                screens.stream()
                                                                        .map(Screen::id)
                                                                        .toList()))));
        return one(session, screen, standard(screen, session));
    }

    private static ReportSource standard(Screen screen, ConsoleSession session) {
        var report = screen.report();
        if (report == null) {
            throw new IllegalArgumentException(Texts.of("%s stands in no report", screen.id()));
        }
        return report.standard(session);
    }

    // A boundary: one screen that cannot be read must not take the others with it.
    private static Section section(Screen screen, ReportSource source, ConsoleSession session) {
        try {
            return source.section(session.target());
        } catch (RuntimeException e) {
            LOG.warn("{} is missing from the report", screen.id(), e);
            return Section.unread(screen.id(), screen.title(), Notice.words(e));
        }
    }

    private Report report(ConsoleSession session, String title, List<Section> sections) {
        var target = session.target();
        return new Report(
                title + TargetWords.of(target),
                session.now(),
                session.zone(),
                about(session, target),
                sections,
                READING);
    }

    private List<Fact> about(ConsoleSession session, TargetId target) {
        var parts = new SectionParts(session);
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        target.plain() ? Texts.of("Server") : Texts.of("Branch"),
                        Cell.of(TargetWords.of(target))
                                .sub(Texts.of("connection profile %s", target.profile()))));
        facts.add(new Fact(Texts.of("Version"), version(target)));
        var condition = services.targets().condition(target);
        var outage = services.health().board().outage(target);
        facts.add(
                new Fact(
                        Texts.of("Connection"),
                        outage == null
                                ? Cell.of(condition.sentence())
                                : Cell.of(
                                                Texts.of(
                                                        "does not answer since %s",
                                                        parts.when(outage.since())),
                                                Tone.CRITICAL)
                                        .sub(outage.reason())));
        var round = services.health().board().latest(target);
        facts.add(
                new Fact(
                        Texts.of("Figures"),
                        round.map(
                                        r ->
                                                Cell.of(
                                                        Texts.of(
                                                                "measured %s, %s",
                                                                parts.when(r.at()),
                                                                Texts.ago(r.at(), session.now()))))
                                .orElseGet(() -> Cell.none(Texts.of("nothing is measured yet")))));
        round.map(r -> r.metrics().get(MetricName.DATABASE_SIZE_BYTES))
                .map(m -> m.value().value())
                .ifPresent(
                        b -> facts.add(new Fact(Texts.of("Databases"), Cell.of(Format.size(b)))));
        services.generated()
                .apply(target)
                .map(GeneratedHistory::until)
                .ifPresent(
                        until ->
                                facts.add(
                                        new Fact(
                                                Texts.of("History"),
                                                Cell.of(
                                                                Texts.of(
                                                                        "generated for demonstration until %s",
                                                                        parts.when(until)))
                                                        .tone(Tone.SIMULATED))));
        facts.add(
                new Fact(
                        Texts.of("Made"),
                        Cell.of(Format.utc(session.now()))
                                .sub(Texts.of("by %s, with LakebaseOps", session.user()))));
        return facts;
    }

    private Cell version(TargetId target) {
        try {
            var can = services.targets().capabilities(target, Deadline.in(VERSION));
            int version = can.serverVersion();
            return Cell.of(Texts.of("PostgreSQL %d.%d", version / 10_000, version % 10_000))
                    .sub(
                            Texts.of(
                                    "looked at as %s%s",
                                    can.user(), can.inRecovery() ? Texts.of("; a standby") : ""));
        } catch (OpsException e) {
            return Cell.none(String.valueOf(e.getMessage()));
        }
    }
}
