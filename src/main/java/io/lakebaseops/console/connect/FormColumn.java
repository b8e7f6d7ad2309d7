package io.lakebaseops.console.connect;

import io.lakebaseops.config.ProfileSecrets.Place;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.connect.ConnectForm.Field;
import io.lakebaseops.console.connect.ConnectForm.Kind;
import io.lakebaseops.console.connect.ConnectForm.Login;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

import org.kordamp.ikonli.feather.Feather;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The middle column of the connect page: a connection pasted or typed, its test and its keeping at
/// the foot.
final class FormColumn extends VBox {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final ConnectModel model;
    private final ConnectForm form;
    private final Map<Field, TextInputControl> inputs = new EnumMap<>(Field.class);
    private final Map<Field, Label> labels = new EnumMap<>(Field.class);
    private final TextArea paste = Nodes.lines();
    private final VBox fields = new VBox(8);

    FormColumn(ConnectModel model) {
        this.model = model;
        form = model.form();
        getStyleClass().addAll("card", "connect-column");
        setId("connect-form");
        var kept = Nodes.pill("", Role.MUTED);
        kept.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        form.replaces().get().isEmpty()
                                                ? Messages.of("connect.new")
                                                : form.replaces().get(),
                                form.replaces()));
        var fresh = Nodes.iconButton(Feather.PLUS, Messages.of("connect.fresh"), model::fresh);
        fresh.setId("connect-fresh");
        var head =
                Nodes.row(
                        Nodes.label(Messages.of("connect.form"), "card-title"),
                        Nodes.spacer(),
                        kept,
                        fresh);
        fields.getChildren().addAll(pasting(), naming(), server(), workspace(), secrets());
        fields.getStyleClass().add("connect-fields");
        var scroll = new ScrollPane(fields);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll, new FormFoot(model));
        model.report().addListener((_, _, _) -> mark());
        form.changes().forEach(o -> o.addListener(_ -> check()));
        form.text(Field.NAME).addListener(_ -> check());
    }

    private Node pasting() {
        paste.setId("connect-paste");
        paste.setPromptText("psql \"host=db1 dbname=shop user=dba\"");
        paste.getStyleClass().add("connect-paste");
        paste.setPrefRowCount(2);
        paste.setWrapText(true);
        paste.setAccessibleText(Messages.of("connect.paste"));
        paste.textProperty()
                .addListener(
                        (_, before, text) -> {
                            // Something pasted is whole; something typed waits for Enter.
                            if (text.length() > before.length() + 3) {
                                read();
                            }
                        });
        paste.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ENTER && !e.isShortcutDown()) {
                        read();
                        e.consume();
                    }
                });
        var said = Nodes.wrapped("", "row-sub");
        said.setId("connect-read");
        said.textProperty().bind(model.readAs());
        model.readWell()
                .addListener((_, _, well) -> Nodes.role(said, well ? Role.OK : Role.WARNING));
        return new VBox(4, Nodes.label(Messages.of("connect.paste"), "field-label"), paste, said);
    }

    private void read() {
        var text = paste.getText();
        if (!text.isBlank() && model.paste(text)) {
            // It may hold a password.
            javafx.application.Platform.runLater(paste::clear);
            offerPassword();
        }
    }

    private Node naming() {
        var what = new Segments<Kind>();
        what.add(Kind.SERVER, Texts.of("PostgreSQL"), "kind-server");
        what.add(Kind.WORKSPACE, Texts.of("Databricks"), "kind-workspace");
        bind(what, form.kind());
        var kind = labelled(Texts.of("Kind"), what);
        kind.setMinWidth(USE_PREF_SIZE);
        return new HBox(10, field(Field.NAME, Texts.of("Name")), kind);
    }

    private Node server() {
        var mode = new ComboBox<>(FXCollections.observableArrayList(ConnectForm.MODES));
        mode.setId("connect-mode");
        mode.setMaxWidth(Double.MAX_VALUE);
        mode.valueProperty().bindBidirectional(form.mode());
        mode.setAccessibleText(Texts.of("TLS mode"));
        var way = new Segments<Boolean>();
        way.add(false, Texts.of("Direct"), "way-direct");
        way.add(true, Texts.of("SSH tunnel"), "way-ssh");
        bind(way, form.tunnel());
        var ssh =
                new VBox(
                        8,
                        row(
                                field(Field.SSH, Texts.of("SSH server, user@host:port")),
                                fileField(
                                        Field.SSH_KEY,
                                        Texts.of("Private key"),
                                        Texts.of("of ~/.ssh"))),
                        field(
                                Field.SSH_SECRET,
                                Texts.of("Password of the user, or passphrase of the key")));
        shown(ssh, BooleanExpression.booleanExpression(form.tunnel()));
        var port = field(Field.PORT, Texts.of("Port"));
        port.setMaxWidth(110);
        port.setMinWidth(80);
        var verified =
                Bindings.createBooleanBinding(
                        () -> form.mode().get().startsWith("verify"), form.mode());
        var root =
                fileField(
                        Field.ROOT,
                        Texts.of("Root certificate"),
                        Texts.of("of ~/.postgresql, or “system”"));
        root.disableProperty().bind(Bindings.not(verified));
        var more = field(Field.MORE, Texts.of("More keywords"));
        Objects.requireNonNull(inputs.get(Field.MORE))
                .setPromptText("target_session_attrs=any service=shop");
        var all =
                new VBox(
                        8,
                        row(
                                field(Field.HOST, Texts.of("Host")),
                                port,
                                field(Field.DATABASE, Texts.of("Database"))),
                        row(
                                field(Field.USER, Texts.of("User")),
                                field(Field.PASSWORD, Texts.of("Password"))),
                        row(labelled("TLS", mode), root),
                        row(
                                fileField(
                                        Field.CERTIFICATE,
                                        Texts.of("Client certificate"),
                                        Texts.of("none")),
                                fileField(
                                        Field.KEY,
                                        Texts.of("Its key"),
                                        Texts.of("PEM, PKCS #8 or #12"))),
                        field(Field.KEY_PASSWORD, Texts.of("Password of the key")),
                        labelled(Texts.of("Way"), way),
                        ssh,
                        more);
        var key = (Region) all.getChildren().get(4);
        shown(
                key,
                Bindings.createBooleanBinding(
                        () -> !form.text(Field.KEY).get().isBlank(), form.text(Field.KEY)));
        shown(
                all,
                Bindings.createBooleanBinding(() -> form.kind().get() == Kind.SERVER, form.kind()));
        return all;
    }

    private Node workspace() {
        var login = new Segments<Login>();
        login.add(Login.BROWSER, Texts.of("Browser"), "login-browser");
        login.add(Login.TOKEN, Texts.of("Token"), "login-token");
        login.add(Login.PRINCIPAL, Texts.of("Service principal"), "login-principal");
        login.add(Login.PROFILE, Texts.of("~/.databrickscfg"), "login-profile");
        bind(login, form.login());
        var secret =
                new TextFieldBox(
                        Field.PASSWORD, Texts.of("Token, or secret of the service principal"));
        var client = field(Field.CLIENT, Texts.of("Client ID"));
        shown(
                secret.box(),
                Bindings.createBooleanBinding(
                        () ->
                                form.login().get() == Login.TOKEN
                                        || form.login().get() == Login.PRINCIPAL,
                        form.login()));
        shown(
                client,
                Bindings.createBooleanBinding(
                        () -> form.login().get() == Login.PRINCIPAL, form.login()));
        var all =
                new VBox(
                        8,
                        field(Field.WORKSPACE, Texts.of("Workspace address, or profile name")),
                        labelled(Texts.of("Log in with"), login),
                        client,
                        secret.box());
        shown(
                all,
                Bindings.createBooleanBinding(
                        () -> form.kind().get() == Kind.WORKSPACE, form.kind()));
        return all;
    }

    private Node secrets() {
        var place = new Segments<Place>();
        place.add(Place.KEYCHAIN, Texts.of("System keychain"), "keep-keychain");
        place.add(Place.FILE, Texts.of("Encrypted file"), "keep-file");
        place.add(Place.THIS_RUN, Texts.of("Do not keep"), "keep-not");
        bind(place, form.place());
        Runnable offer =
                () ->
                        place.enable(
                                Place.KEYCHAIN,
                                model.keychain().get() ? null : Messages.of("connect.nokeychain"));
        model.keychain().addListener((_, _, _) -> offer.run());
        offer.run();
        return labelled(Texts.of("Keep the password in"), place);
    }

    /// The field that a failed test is about is red and has the focus.
    private void mark() {
        var report = model.report().get();
        var failure = report == null ? null : report.failure();
        var about =
                failure == null
                        ? null
                        : switch (failure.part()) {
                            case HOST -> Field.HOST;
                            case PORT -> Field.PORT;
                            case TUNNEL -> Field.SSH;
                            case TLS -> Field.ROOT;
                            case USER -> Field.USER;
                            case PASSWORD -> Field.PASSWORD;
                            case DATABASE -> Field.DATABASE;
                            case SERVER, NOTHING -> null;
                        };
        inputs.forEach((field, input) -> input.pseudoClassStateChanged(WRONG, field == about));
        var input = about == null ? null : inputs.get(about);
        if (input != null) {
            input.requestFocus();
            input.selectAll();
        }
    }

    private void check() {
        var errors = form.errors();
        inputs.forEach(
                (field, input) -> {
                    var why = errors.get(field);
                    input.pseudoClassStateChanged(WRONG, why != null);
                    var label = labels.get(field);
                    if (label != null) {
                        label.setText(label.getUserData() + (why == null ? "" : ": " + why));
                        Nodes.role(label, why == null ? Role.MUTED : Role.CRITICAL);
                    }
                    if (input.getPromptText().isEmpty() || input.getUserData() == Field.NAME) {
                        input.setUserData(Field.NAME);
                        input.setPromptText(form.resolved(field));
                    }
                });
    }

    /// After something was read the missing part is mostly the password.
    private void offerPassword() {
        var next =
                form.kind().get() == Kind.WORKSPACE
                        ? Field.WORKSPACE
                        : form.text(Field.PASSWORD).get().isEmpty() ? Field.PASSWORD : Field.NAME;
        Objects.requireNonNull(inputs.get(next)).requestFocus();
    }

    void focus() {
        paste.requestFocus();
    }

    private final class TextFieldBox {
        private final VBox box;

        TextFieldBox(Field field, String label) {
            TextInputControl input = field.secret() ? new PasswordField() : new TextField();
            input.textProperty().bindBidirectional(form.text(field));
            input.setAccessibleText(label);
            box = labelled(label, input);
            HBox.setHgrow(box, Priority.ALWAYS);
        }

        VBox box() {
            return box;
        }
    }

    private VBox field(Field field, String label) {
        TextInputControl input = field.secret() ? new PasswordField() : new TextField();
        input.setId("connect-" + field.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        input.textProperty().bindBidirectional(form.text(field));
        input.setAccessibleText(label);
        inputs.put(field, input);
        var box = labelled(label, input);
        var said = (Label) box.getChildren().getFirst();
        said.setUserData(label);
        labels.put(field, said);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private VBox fileField(Field field, String label, String prompt) {
        var box = field(field, label);
        var input = Objects.requireNonNull(inputs.get(field));
        input.setPromptText(prompt);
        HBox.setHgrow(input, Priority.ALWAYS);
        var open =
                Nodes.iconButton(
                        Feather.FOLDER,
                        Messages.of("connect.file", label),
                        () -> {
                            var chosen = new FileChooser().showOpenDialog(getScene().getWindow());
                            if (chosen != null) {
                                input.setText(chosen.getPath());
                            }
                        });
        box.getChildren().remove(input);
        box.getChildren().add(new HBox(2, input, open));
        return box;
    }

    private static VBox labelled(String label, Node node) {
        var said = Nodes.label(label, "field-label");
        said.setMinWidth(0);
        var box = new VBox(3, said, node instanceof Segments<?> ? new HBox(node) : node);
        box.setMinWidth(0);
        return box;
    }

    private static HBox row(Node... boxes) {
        var row = new HBox(10, boxes);
        for (var box : boxes) {
            if (box instanceof VBox sized && sized.getMaxWidth() < 0) {
                sized.setPrefWidth(120);
            }
        }
        return row;
    }

    static void shown(Node node, javafx.beans.value.ObservableBooleanValue when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(node.visibleProperty());
    }

    private static <K> void bind(Segments<K> segments, ObjectProperty<K> to) {
        segments.onChoice(to::set);
        to.addListener((_, _, next) -> segments.select(next));
        segments.select(to.get());
    }
}
