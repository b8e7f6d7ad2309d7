package io.lakebaseops.local.api;

import static io.lakebaseops.local.api.SdkFixture.expiring;
import static io.lakebaseops.local.api.SdkFixture.lasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.InvalidParameterValue;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.ResourceConflict;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.service.postgres.Branch;
import com.databricks.sdk.service.postgres.BranchSpec;
import com.databricks.sdk.service.postgres.BranchStatus;
import com.databricks.sdk.service.postgres.BranchStatusState;
import com.databricks.sdk.service.postgres.CreateBranchRequest;
import com.databricks.sdk.service.postgres.DeleteBranchRequest;
import com.databricks.sdk.service.postgres.ListBranchesRequest;
import com.databricks.sdk.service.postgres.Operation;
import com.databricks.sdk.service.postgres.UndeleteBranchRequest;
import com.databricks.sdk.service.postgres.UpdateBranchRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class BranchRulesPgTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir static Path dir;
    static SdkFixture sdk;
    static String shop;
    static String production;

    @BeforeAll
    static void start() {
        sdk = new SdkFixture(dir);
        shop = sdk.project("shop");
        production = shop + "/branches/production";
    }

    @AfterAll
    static void stop() {
        sdk.close();
    }

    @Test
    void a_branch_copies_its_source_and_echoes_only_the_expire_time() {
        String name = sdk.branch(shop, "copy", expiring(DAY));
        Branch branch = sdk.postgres().getBranch(name);
        BranchStatus status = branch.getStatus();
        assertThat(branch.getSpec()).isNull();
        assertThat(branch.getUid()).startsWith("br-");
        assertThat(branch.getParent()).isEqualTo(shop);
        assertThat(status.getSourceBranch()).isEqualTo(production);
        assertThat(status.getSourceBranchLsn()).matches("[0-9A-F]+/[0-9A-F]+");
        assertThat(status.getExpireTime().getSeconds())
                .isBetween(
                        sdk.clock().instant().plus(DAY).getEpochSecond() - 60,
                        sdk.clock().instant().plus(DAY).getEpochSecond());
        await().until(() -> status(name).getLogicalSizeBytes() != null);
        assertThat(status(name).getLogicalSizeBytes()).isGreaterThan(1_000_000);
        assertThat(sdk.call("GET", "/api/2.0/postgres/" + name, "").body())
                .doesNotContain("ttl", "no_expiry", "\"spec\"");
        assertThat(sdk.postgres().listRoles(name)).hasSize(1);
        assertThat(sdk.postgres().listDatabases(name))
                .extracting(d -> d.getStatus().getRole())
                .allMatch(r -> r.startsWith(name));
        assertThatThrownBy(() -> create("below", lasting().setSourceBranch(name)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("cannot have children");
        purge(name);
    }

    @Test
    void exactly_one_form_of_expiry_must_be_given() {
        invalid(() -> create("none", new BranchSpec()), "exactly one of");
        invalid(() -> create("two", expiring(DAY).setNoExpiry(true)), "exactly one of");
        invalid(() -> create("false", new BranchSpec().setNoExpiry(false)), "no_expiry");
        invalid(() -> create("past", expiring(Duration.ofSeconds(-5))), "future");
        invalid(
                () -> create("far", expiring(Duration.ofDays(31))),
                "exceeds the maximum expiration time");
        long later = sdk.clock().instant().plus(Duration.ofDays(40)).getEpochSecond();
        invalid(
                () -> create("at", new BranchSpec().setExpireTime(at(later))),
                "exceeds the maximum expiration time");
    }

    @Test
    void branches_of_unknown_sources_are_refused() {
        assertThatThrownBy(
                        () -> create("orphan", lasting().setSourceBranch(shop + "/branches/gone")))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("branch id not found");
        invalid(
                () -> create("foreign", lasting().setSourceBranch("projects/x/branches/y")),
                "must be a branch of");
        assertThatThrownBy(() -> sdk.create("projects/none", "b", lasting()))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("project id not found");
        invalid(() -> create("UPPER", lasting()), "branch_id");
        assertThatThrownBy(() -> create("production", lasting()))
                .isInstanceOf(ResourceConflict.class)
                .hasMessageContaining("already exists");
    }

    @Test
    void the_default_branch_neither_expires_nor_goes() {
        assertThatThrownBy(() -> sdk.postgres().deleteBranch(production))
                .isInstanceOf(BadRequest.class)
                .satisfies(
                        e ->
                                assertThat(((DatabricksError) e).getErrorDetails().errorInfo())
                                        .hasValueSatisfying(
                                                info -> {
                                                    assertThat(info.reason())
                                                            .isEqualTo("RESOURCE_CONFLICT");
                                                    assertThat(info.metadata())
                                                            .containsEntry(
                                                                    "declarative_context",
                                                                    "MANAGED_BY_PARENT");
                                                }));
        assertThatThrownBy(() -> update(production, expiring(DAY), "spec.expiration"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("default branch");
    }

    @Test
    void a_branch_with_children_neither_expires_nor_goes() {
        String parent = sdk.branch(shop, "parent", lasting());
        String child = sdk.branch(shop, "child", lasting().setSourceBranch(parent));
        assertThatThrownBy(() -> sdk.postgres().deleteBranch(parent))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("child branches");
        assertThatThrownBy(() -> update(parent, expiring(DAY), "spec.expiration"))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("children");
        purge(child);
        sdk.done(update(parent, expiring(DAY), "spec.expiration"));
        assertThat(status(parent).getExpireTime()).isNotNull();
        sdk.done(update(parent, lasting(), "spec.expiration"));
        assertThat(status(parent).getExpireTime()).isNull();
        purge(parent);
    }

    @Test
    void one_branch_is_protected_and_then_neither_expires_nor_goes() {
        String name = sdk.branch(shop, "guarded", lasting().setIsProtected(true));
        assertThatThrownBy(() -> create("second", lasting().setIsProtected(true)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("already has a protected branch");
        assertThatThrownBy(
                        () ->
                                update(
                                        production,
                                        new BranchSpec().setIsProtected(true),
                                        "spec.is_protected"))
                .isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> create("brief", expiring(DAY).setIsProtected(true)))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("protected branch cannot have an expiration");
        assertThatThrownBy(() -> update(name, expiring(DAY), "spec.expiration"))
                .isInstanceOf(BadRequest.class);
        assertThatThrownBy(() -> sdk.postgres().deleteBranch(name))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("cannot delete protected branch");
        sdk.done(update(name, new BranchSpec().setIsProtected(false), "spec.is_protected"));
        purge(name);
    }

    @Test
    void masks_name_groups_not_leaves() {
        invalid(() -> update(production, expiring(DAY), "spec.ttl"), "Unknown field path");
        invalid(() -> update(production, lasting(), "spec.source_branch"), "Unknown field path");
        invalid(() -> update(production, lasting(), "spec.is_protected"), "does not set");
        invalid(() -> update(production, lasting(), ""), "update_mask");
        sdk.done(update(production, lasting(), "spec"));
    }

    @Test
    void a_deleted_branch_comes_back_with_its_data_until_purged() throws Exception {
        String name = sdk.branch(shop, "lost", lasting());
        String primary = name + "/endpoints/primary";
        try (var c = sdk.connect(primary, sdk.token(primary));
                var s = c.createStatement()) {
            s.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        sdk.done(sdk.postgres().deleteBranch(name).getName());
        assertThat(listed(false)).doesNotContain(name);
        assertThat(listed(true)).contains(name);
        assertThat(status(name).getCurrentState()).isEqualTo(BranchStatusState.DELETED);
        assertThat(status(name).getPurgeTime()).isNotNull();
        assertThatThrownBy(() -> sdk.postgres().getEndpoint(primary)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> create("lost", lasting())).isInstanceOf(ResourceConflict.class);
        sdk.done(
                sdk.postgres().undeleteBranch(new UndeleteBranchRequest().setName(name)).getName());
        sdk.settled(primary);
        try (var c = sdk.connect(primary, sdk.token(primary));
                var s = c.createStatement();
                var r = s.executeQuery("SELECT answer FROM kept")) {
            assertThat(r.next()).isTrue();
            assertThat(r.getInt(1)).isEqualTo(42);
        }
        purge(name);
        assertThat(listed(true)).doesNotContain(name);
    }

    @Test
    void an_expired_branch_is_deleted_and_later_freed_by_the_server() {
        String other = sdk.project("brief");
        String name = sdk.branch(other, "short", expiring(Duration.ofHours(1)));
        sdk.clock().advance(Duration.ofMinutes(30));
        await().during(Duration.ofMillis(200))
                .until(() -> status(name).getCurrentState() == BranchStatusState.READY);
        sdk.clock().advance(Duration.ofMinutes(31));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> status(name).getCurrentState() == BranchStatusState.DELETED);
        sdk.clock().advance(Duration.ofDays(8));
        await().atMost(Duration.ofSeconds(60)).until(() -> gone(name));
    }

    @Test
    void replace_existing_changes_the_branch_instead_of_refusing() {
        String name = sdk.branch(shop, "replaced", lasting());
        String uid = sdk.postgres().getBranch(name).getUid();
        sdk.done(
                sdk.postgres()
                        .createBranch(
                                new CreateBranchRequest()
                                        .setParent(shop)
                                        .setBranchId("replaced")
                                        .setReplaceExisting(true)
                                        .setBranch(new Branch().setSpec(expiring(DAY))))
                        .getName());
        assertThat(sdk.postgres().getBranch(name).getUid()).isEqualTo(uid);
        assertThat(status(name).getExpireTime()).isNotNull();
        purge(name);
    }

    @Test
    void the_eleventh_branch_exceeds_the_quota_and_pages_list_all_ten() {
        String full = sdk.project("full");
        // Creations that never end reserve their places without copying data nine times.
        sdk.fault(
                "{\"pattern\":\"POST /api/2.0/postgres/projects/full/branches\","
                        + "\"times\":9,\"operation\":\"HANG\"}");
        for (int i = 1; i <= 9; i++) {
            sdk.create(full, "b" + i, lasting());
        }
        assertThatThrownBy(() -> sdk.create(full, "b10", lasting()))
                .isInstanceOf(BadRequest.class)
                .satisfies(
                        e ->
                                assertThat(((DatabricksError) e).getErrorCode())
                                        .isEqualTo("QUOTA_EXCEEDED"));
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listBranches(new ListBranchesRequest().setParent(full).setPageSize(3L))
                .forEach(b -> names.add(b.getBranchId()));
        assertThat(names)
                .containsExactly(
                        "production", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9");
        assertThat(status(full + "/branches/b1").getPendingState())
                .isEqualTo(BranchStatusState.READY);
        assertThatThrownBy(
                        () ->
                                sdk.create(
                                        full,
                                        "below",
                                        lasting().setSourceBranch(full + "/branches/b1")))
                .hasMessageContaining("not ready");
    }

    private static void invalid(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidParameterValue.class)
                .hasMessageContaining(text);
    }

    private static BranchStatus status(String name) {
        return sdk.postgres().getBranch(name).getStatus();
    }

    private static boolean gone(String name) {
        try {
            sdk.postgres().getBranch(name);
            return false;
        } catch (NotFound _) {
            return true;
        }
    }

    private static List<String> listed(boolean deleted) {
        List<String> names = new ArrayList<>();
        sdk.postgres()
                .listBranches(new ListBranchesRequest().setParent(shop).setShowDeleted(deleted))
                .forEach(b -> names.add(b.getName()));
        return names;
    }

    private static String create(String id, BranchSpec spec) {
        return sdk.create(shop, id, spec);
    }

    private static String update(String name, BranchSpec spec, String mask) {
        return sdk.postgres()
                .updateBranch(
                        new UpdateBranchRequest()
                                .setName(name)
                                .setBranch(new Branch().setSpec(spec))
                                .setUpdateMask(FieldMask.newBuilder().addPaths(mask).build()))
                .getName();
    }

    private static void purge(String name) {
        sdk.done(
                sdk.postgres()
                        .deleteBranch(new DeleteBranchRequest().setName(name).setPurge(true))
                        .getName());
    }

    private static Timestamp at(long epochSecond) {
        return Timestamp.newBuilder().setSeconds(epochSecond).build();
    }

    /// The platform's own door for imports; the public API has none.
    private String imported(String id) throws IOException {
        return sdk.client()
                .apiClient()
                .execute(
                        new Request(
                                "POST", "/__local/projects/roots/branches/" + id + "/import", "{}"),
                        Operation.class)
                .getName();
    }

    @Test
    void the_fourth_root_exceeds_the_quota_and_roots_stand_on_their_own() throws Exception {
        String project = sdk.project("roots");
        sdk.done(imported("legacy-a"));
        sdk.done(imported("legacy-b"));
        assertThatThrownBy(() -> imported("legacy-c"))
                .isInstanceOfSatisfying(
                        BadRequest.class,
                        e -> {
                            assertThat(e.getErrorCode()).isEqualTo("QUOTA_EXCEEDED");
                            assertThat(e).hasMessageContaining("limit of 3 root branches");
                        });
        assertThat(sdk.postgres().listBranches(project))
                .hasSize(3)
                .allSatisfy(b -> assertThat(b.getStatus().getSourceBranch()).isNull());
        // A branch of a root is none: it is let in.
        String legacy = project + "/branches/legacy-a";
        String child = sdk.branch(project, "of-legacy", lasting().setSourceBranch(legacy));
        assertThat(sdk.postgres().getBranch(child).getStatus().getSourceBranch()).isEqualTo(legacy);
        try (var c =
                        sdk.connect(
                                legacy + "/endpoints/primary",
                                sdk.token(legacy + "/endpoints/primary"));
                var s = c.createStatement()) {
            s.execute("CREATE TABLE own AS SELECT 1 AS a");
        }
        assertThatThrownBy(
                        () ->
                                sdk.postgres()
                                        .deleteBranch(
                                                new DeleteBranchRequest()
                                                        .setName(project + "/branches/legacy-b")))
                .hasMessageContaining("root");
    }
}
