package io.lakebaseops.cli;

import io.lakebaseops.ask.model.Answers;
import io.lakebaseops.change.approval.FakeDesk;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.config.NotificationConfig;
import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.CronJobScheduler;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.JobStore;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.framework.MemoryJobStore;
import io.lakebaseops.framework.OrderedEventBus;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.SampleTool;
import io.lakebaseops.framework.Samples;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadSql;
import io.lakebaseops.notify.Notifications;
import io.lakebaseops.testing.FakeModel;
import io.lakebaseops.testing.Patience;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Real framework, scheduler and schema over three small tools; what stands behind them is in
/// memory.
final class FakeServices implements Services, AutoCloseable {
    final TaskExecutor room = TaskExecutor.open(Clock.systemUTC());
    final FakeDesk desk = new FakeDesk(Clock.systemUTC(), _ -> {});
    final JobStore jobStore = new MemoryJobStore();
    final List<Object> asked = new ArrayList<>();
    final FakeModel model = new FakeModel();
    AuditLog.ChainState chain = new AuditLog.ChainState.Intact(12, "abc");
    private final ToolCatalog catalog =
            new ToolCatalog(
                    List.of(
                            SampleTool.named("monitor_system_health", FakeServices::health),
                            SampleTool.named(
                                    "monitor_branch_count",
                                    (_, _) ->
                                            Outcome.unavailable(
                                                    "no control plane", "use a profile")),
                            new Duplicates()));
    private final AgentFramework framework =
            new ToolRunner(
                    catalog,
                    room,
                    Clock.systemUTC(),
                    new MemoryFindings(),
                    desk,
                    List.of(),
                    new OrderedEventBus(room),
                    _ -> {});
    private final JobScheduler jobs =
            new CronJobScheduler(
                    List.of(
                            new JobScheduler.JobDefinition(
                                    "metric-collector",
                                    "*/5 * * * *",
                                    Duration.ofMinutes(5),
                                    List.of("monitor_system_health")),
                            new JobScheduler.JobDefinition(
                                    "index-analyzer",
                                    "0 * * * *",
                                    Duration.ofMinutes(5),
                                    List.of("detect_duplicate_indexes"))),
                    framework,
                    () -> List.of(Samples.TARGET),
                    (_, _) -> true,
                    jobStore,
                    room,
                    room,
                    Clock.systemUTC());

    private static Outcome<SampleTool.Output> health(SampleTool.Input input, ToolContext context) {
        if (input.top() == 13) {
            throw new OpsException(
                    OpsException.Kind.UNREACHABLE, "Connect", "refused", "start the server");
        }
        return Outcome.live(new SampleTool.Output("top " + input.top(), 7, null));
    }

    private record Duplicates() implements ChangeTool<SampleTool.Input, SampleTool.Output> {
        @Override
        public ToolDescriptor descriptor() {
            return SampleTool.describe("detect_duplicate_indexes", Patience.LONG);
        }

        @Override
        public Class<SampleTool.Input> inputType() {
            return SampleTool.Input.class;
        }

        @Override
        public Proposal<SampleTool.Output> propose(SampleTool.Input input, ToolContext context) {
            var found =
                    new Outcome.Found<>(
                            new SampleTool.Output("one pair", 2, null),
                            Source.LIVE,
                            List.of(Samples.duplicate()),
                            List.of("duplicate_index"),
                            List.of("statistics were reset 2 h ago"));
            return new Proposal<>(found, List.of(Samples.dropDuplicate(Samples.NOON)));
        }
    }

    @Override
    public Executor background() {
        return room.executor("requests");
    }

    /// Its server is never reached: what is refused without one is refused here, too.
    @Override
    public ReadSql readSql() {
        return new ReadSql(
                (_, _, _) -> {
                    throw new OpsException(
                            OpsException.Kind.UNREACHABLE,
                            "Connect",
                            "refused",
                            "start the server");
                },
                ReadCaps.USUAL);
    }

    NotificationConfig configured = NotificationConfig.NONE;
    Map<String, String> secrets = Map.of();
    List<TargetId> reachable = List.of(Samples.TARGET);

    @Override
    public OpenedTargets openAll() {
        return new OpenedTargets(reachable, List.of());
    }

    @Override
    public ToolCatalog catalog() {
        return catalog;
    }

    @Override
    public AgentFramework framework() {
        return framework;
    }

    @Override
    public FakeDesk approvals() {
        return desk;
    }

    @Override
    public Answers answers() {
        var answerer = new FakeAnswerer(asked);
        return new Answers(answerer, answerer, model.desk(), (q, _) -> FakeModel.request(q.text()));
    }

    @Override
    public AuditLog audit() {
        return new AuditLog() {
            @Override
            public Optional<Restored> restored() {
                return Optional.empty();
            }

            @Override
            public ChainState acceptRestored(Actor person, String head, String reason) {
                return chain;
            }

            @Override
            public List<AuditEntry> entries(int limit) {
                return List.of();
            }

            @Override
            public ChainState verifyAll() {
                return verify();
            }

            @Override
            public ChainState verify() {
                return chain;
            }
        };
    }

    @Override
    public JobScheduler jobs() {
        return jobs;
    }

    @Override
    public Notifications notifications() {
        return new Notifications(
                new NotificationsFile.Content(
                        configured, List.of("notifications.yaml, channel 3: no")),
                name -> Optional.ofNullable(secrets.get(name)),
                Runnable::run,
                Clock.systemUTC());
    }

    @Override
    public TargetId target(TargetChoice choice) {
        asked.add(choice);
        return Samples.TARGET;
    }

    @Override
    public Actor person() {
        return Actor.human("ada");
    }

    @Override
    public LocalUp localUp() {
        return (options, out) -> {
            asked.add(options);
            out.println("{\"host\":\"http://127.0.0.1:1\"}");
            return 0;
        };
    }

    @Override
    public Demo demo() {
        return (options, out) -> {
            asked.add(options);
            out.println("1 of 5");
            return 7;
        };
    }

    @Override
    public Reports reports() {
        return (target, options) -> {
            asked.add(target);
            asked.add(options);
        };
    }

    @Override
    public GameDays gameDays() {
        return (options, out) -> {
            asked.add(options);
            out.println("scenario");
            return 1;
        };
    }

    @Override
    public void close() {
        jobs.close();
        room.close();
    }
}
