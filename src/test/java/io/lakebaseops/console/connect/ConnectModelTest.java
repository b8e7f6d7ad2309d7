package io.lakebaseops.console.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.ProfileSecrets;
import io.lakebaseops.config.SshTunnel;
import io.lakebaseops.config.WorkspaceLogin;
import io.lakebaseops.console.FakeConnections;
import io.lakebaseops.console.connect.ConnectForm.Field;
import io.lakebaseops.console.connect.ConnectForm.Kind;
import io.lakebaseops.console.connect.ConnectForm.Login;
import io.lakebaseops.domain.TargetId;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

/// The connect page without a window and without a server.
final class ConnectModelTest {
    private final FakeConnections desk = new FakeConnections();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final ConnectModel model = new ConnectModel(desk, background::add, Runnable::run);
    private final ConnectForm form = model.form();

    private void settle() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private void enter(String password) {
        model.paste("postgresql://lakebaseops@db-eu-1.shop.example:5433/shop?sslmode=require");
        form.text(Field.PASSWORD).set(password);
    }

    @Test
    void a_pasted_url_fills_the_fields_and_its_password_is_not_said() {
        assertThat(model.paste("postgres://dba:s3cret@db1:5433/shop?ssl=true")).isTrue();
        assertThat(form.value(Field.HOST)).isEqualTo("db1");
        assertThat(form.value(Field.PORT)).isEqualTo("5433");
        assertThat(form.value(Field.NAME)).isEqualTo("shop");
        assertThat(form.mode().get()).isEqualTo("require");
        assertThat(form.text(Field.PASSWORD).get()).isEqualTo("s3cret");
        assertThat(model.readAs().get())
                .startsWith("Read as a libpq URI: 6 parts; the password goes to the secret store")
                .doesNotContain("s3cret");
        assertThat(form.draft().toString()).doesNotContain("s3cret");
        assertThat(((ConnectionProfile.Jdbc) form.draft().profile()).url())
                .isEqualTo("host=db1 port=5433 dbname=shop user=dba sslmode=require");
    }

    @Test
    void what_cannot_be_read_leaves_the_form_alone_and_says_why() {
        enter("x");
        assertThat(model.paste("mysql://root@db1")).isFalse();
        assertThat(model.readAs().get()).startsWith("Not read: ");
        assertThat(form.value(Field.USER)).isEqualTo("lakebaseops");
    }

    @Test
    void a_wrong_password_is_tried_once_and_never_again_by_itself() {
        enter("wrong");
        model.test();
        model.test();
        settle();
        assertThat(desk.tested).hasSize(1);
        assertThat(model.report().get().works()).isFalse();
        assertThat(model.outdated().get()).isFalse();
        form.text(Field.PASSWORD).set("right");
        assertThat(model.outdated().get()).isTrue();
        settle();
        assertThat(desk.tested).hasSize(1);
        model.test();
        settle();
        assertThat(desk.tested).hasSize(2);
        assertThat(model.report().get().works()).isTrue();
    }

    @Test
    void a_test_that_was_cancelled_says_nothing_more() {
        enter("right");
        model.test();
        assertThat(model.testing().get()).isTrue();
        assertThat(model.cancel()).isTrue();
        assertThat(model.testing().get()).isFalse();
        settle();
        assertThat(model.report().get()).isNull();
        assertThat(model.cancel()).isFalse();
    }

    @Test
    void the_answer_to_an_earlier_test_is_not_shown_for_a_later_one() {
        enter("wrong");
        model.test();
        model.cancel();
        form.text(Field.PASSWORD).set("right");
        model.test();
        settle();
        assertThat(model.report().get().works()).isTrue();
    }

    @Test
    void saved_twice_in_a_hurry_is_saved_once_and_looked_at() {
        var looked = new ArrayList<TargetId>();
        model.onSaved(looked::add);
        enter("right");
        form.place().set(ProfileSecrets.Place.THIS_RUN);
        model.save(true);
        model.save(true);
        settle();
        assertThat(desk.kept).hasSize(1);
        assertThat(desk.kept.getFirst().secrets()).containsEntry("shop", "right");
        assertThat(desk.kept.getFirst().place()).isEqualTo(ProfileSecrets.Place.THIS_RUN);
        assertThat(looked).extracting(TargetId::profile).containsExactly("shop");
        assertThat(form.text(Field.PASSWORD).get()).isEmpty();
    }

    @Test
    void saved_without_watching_nothing_is_looked_at() {
        var looked = new ArrayList<TargetId>();
        model.onSaved(looked::add);
        enter("wrong");
        model.save(false);
        settle();
        assertThat(desk.kept).hasSize(1);
        assertThat(looked).isEmpty();
    }

    @Test
    void what_is_missing_is_said_and_nothing_is_tested() {
        model.test();
        assertThat(model.trouble().get()).isEqualTo("Give the connection a name");
        form.text(Field.NAME).set("x");
        model.test();
        assertThat(model.trouble().get()).isEqualTo("Name the host");
        form.text(Field.HOST).set("db1");
        model.test();
        assertThat(model.trouble().get()).isEqualTo("Name the user");
        form.text(Field.USER).set("u");
        form.text(Field.PORT).set("54x");
        assertThat(form.errors()).containsOnlyKeys(Field.PORT);
        model.test();
        assertThat(model.trouble().get()).startsWith("Port: ");
        assertThat(background).isEmpty();
    }

    @Test
    void a_found_entry_of_a_service_file_is_named_and_not_copied() {
        model.lookAround();
        settle();
        var entry =
                model.found().get().stream()
                        .filter(p -> p.title().contains("pg_service"))
                        .findFirst()
                        .orElseThrow()
                        .entries()
                        .getFirst();
        model.take(entry.fill());
        settle();
        assertThat(desk.tested).hasSize(1);
        assertThat(desk.tested.getFirst().profile())
                .isEqualTo(new ConnectionProfile.Service("shop-eu", "shop-eu"));
        assertThat(form.resolved(Field.HOST)).isEqualTo("db-eu-1.shop.example");
    }

    @Test
    void certificates_tunnel_and_further_keywords_come_into_the_profile() {
        enter("right");
        form.mode().set("verify-full");
        form.text(Field.ROOT).set("/ca.pem");
        form.text(Field.CERTIFICATE).set("/c.pem");
        form.text(Field.KEY).set("/c.p12");
        form.text(Field.KEY_PASSWORD).set("k3y");
        form.text(Field.MORE).set("target_session_attrs=read-write");
        form.tunnel().set(true);
        form.text(Field.SSH).set("me@bastion:2222");
        form.text(Field.SSH_SECRET).set("5sh");
        var draft = form.draft();
        assertThat(draft.profile())
                .isEqualTo(
                        new ConnectionProfile.Jdbc(
                                "shop",
                                "host=db-eu-1.shop.example port=5433 dbname=shop user=lakebaseops"
                                        + " sslmode=verify-full sslrootcert=/ca.pem sslcert=/c.pem"
                                        + " sslkey=/c.p12 target_session_attrs=read-write",
                                null,
                                new SshTunnel("bastion", 2222, "me", null)));
        assertThat(draft.secrets())
                .containsEntry("shop", "right")
                .containsEntry("shop.sslkey", "k3y")
                .containsEntry("shop.ssh", "5sh");
        var again = new ConnectForm();
        again.edit(draft.profile());
        assertThat(again.draft().profile()).isEqualTo(draft.profile());
        assertThat(again.draft().secrets()).isEmpty();
        assertThat(again.draft().replaces()).isEqualTo("shop");
    }

    @Test
    void a_workspace_is_signed_in_to_by_browser_token_principal_or_profile() {
        model.paste("https://dbc-4f1e.cloud.databricks.com/?o=1");
        assertThat(form.kind().get()).isEqualTo(Kind.WORKSPACE);
        var host = "https://dbc-4f1e.cloud.databricks.com";
        for (var login : Login.values()) {
            form.login().set(login);
            form.text(Field.CLIENT).set("0a-1b");
            var expected =
                    switch (login) {
                        case BROWSER -> lakebase(host, new WorkspaceLogin.Browser());
                        case TOKEN -> lakebase(host, new WorkspaceLogin.Token());
                        case PRINCIPAL ->
                                lakebase(host, new WorkspaceLogin.ServicePrincipal("0a-1b"));
                        case PROFILE -> new ConnectionProfile.DatabricksProfile("dbc-4f1e", host);
                    };
            assertThat(form.draft().profile()).isEqualTo(expected);
            var again = new ConnectForm();
            again.edit(expected);
            assertThat(again.draft().profile()).isEqualTo(expected);
        }
    }

    private static ConnectionProfile lakebase(String host, WorkspaceLogin login) {
        return new ConnectionProfile.Lakebase("dbc-4f1e", host, null, login);
    }
}
