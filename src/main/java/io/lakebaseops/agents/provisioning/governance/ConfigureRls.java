package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Proposes row level security that keeps each tenant to its own rows. By policies on the role
/// someone acts as, held against a protected mapping; a setting may only choose among what the role
/// is allowed, so a forged one shows nothing. Proposed only when nothing stands against real
/// isolation.
public final class ConfigureRls implements ChangeTool<ConfigureRls.Input, ConfigureRls.Output> {
    private final Targets targets;
    private final SqlLibrary sql;

    public ConfigureRls(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    /// Where does a statement's tenant come from?
    public enum Mode {
        /// From the role alone: nothing a program can set matters.
        ROLE_MAPPING,
        /// From a setting, among the tenants the role is mapped to.
        SETTING
    }

    public record Input(
            @Doc("Schema of the tables") String schema,
            @Doc("Tables to isolate; their partitions are included") List<String> tables,
            @Doc("Tenants and the roles that stand for them") List<TenantRole> tenants,
            @Doc(value = "Column that names the tenant", defaultValue = "\"tenant_id\"")
                    String tenantColumn,
            @Doc(
                            value = "Tenant by role, or by setting among the role's",
                            defaultValue = "\"role_mapping\"")
                    Mode mode,
            @Doc(value = "Setting that chooses the tenant", defaultValue = "\"app.tenant\"")
                    String setting,
            @Doc("Role without BYPASSRLS that shall own the tables; left out: owners stay")
                    @Nullable String owner,
            @Doc(
                            value = "Plan it though some role or view sees past the policies",
                            defaultValue = "false")
                    boolean acceptOpenings,
            @Doc("Database; left out: the target's own") @Nullable String database) {
        public Input {
            tables = List.copyOf(tables);
            tenants = List.copyOf(tenants);
        }

        Input with(List<String> others) {
            return new Input(
                    schema,
                    others,
                    tenants,
                    tenantColumn,
                    mode,
                    setting,
                    owner,
                    acceptOpenings,
                    database);
        }
    }

    /// @param tables partitions included
    /// @param openings ways past the policies that would stay
    /// @param proofs what is measured after applying, per tenant and for owners
    public record Output(List<String> tables, List<String> openings, List<String> proofs) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ConfigureRls.class,
                        "Row security that really isolates tenants, with a proof per tenant and an undo",
                        "A.governance")
                .within(Duration.ofMinutes(2));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        check(input);
        try (var session =
                input.database() == null
                        ? targets.read(context.target(), context.deadline())
                        : targets.read(context.target(), input.database(), context.deadline())) {
            var facts = RlsFacts.read(session, input);
            var obstacles = new RlsObstacles(input, facts);
            var against = obstacles.find();
            if (!against.isEmpty()) {
                return refuse(String.join("; ", against), "mend these and run it again");
            }
            var openings = obstacles.openings();
            if (!openings.isEmpty() && !input.acceptOpenings()) {
                return refuse(
                        "tenants or owners would still see past the policies: "
                                + String.join("; ", openings),
                        "close them (name an owner without BYPASSRLS, revoke TRUNCATE, make views"
                                + " security_invoker), or accept them with accept_openings");
            }
            var plan = new RlsPlan(sql, session, input, facts).of(context, openings);
            var output =
                    new Output(
                            facts.tables().stream()
                                    .map(RlsFacts.Table::display)
                                    .distinct()
                                    .toList(),
                            openings,
                            plan.stream()
                                    .flatMap(p -> p.proofs().stream())
                                    .map(p -> p.description())
                                    .toList());
            var caveats = new ArrayList<>(obstacles.caveats());
            if (plan.isEmpty()) {
                caveats.add("everything is in force already; nothing changes");
            }
            return new Proposal<>(
                    new Outcome.Found<>(output, Source.LIVE, List.of(), List.of(), caveats),
                    plan.map(List::of).orElse(List.of()));
        }
    }

    static void check(Input input) {
        if (input.tables().isEmpty() || input.tenants().isEmpty()) {
            throw bad("tables and tenants must not be empty");
        }
        if (input.tenants().stream().distinct().count() < input.tenants().size()) {
            throw bad("a tenant is named twice with the same role");
        }
        // Only a name with a dot is free for everyone to set (manual 19.16).
        if (!input.setting().matches("[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*")) {
            throw bad("setting must be like app.tenant");
        }
    }

    private static OpsException bad(String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT, "Input of configure_rls", why, "correct it");
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}
