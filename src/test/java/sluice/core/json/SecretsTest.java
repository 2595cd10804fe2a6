package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.json.Change.Kind;

class SecretsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "ssl.keystore.password",
                "passwd",
                "sasl.jaas.config",
                "client_secret",
                "accessToken",
                "awsCredentials",
                "private_key",
                "privateKey",
                "ssl.keystore.key",
                "awsExternalId",
                "basic.auth.user.info",
                "basicAuthUserInfo",
                "x-api-key",
                "apiKey",
                "authorization",
                "headers",
                "schema.registry.headers",
                "httpHeaders",
                "PASSWORD",
                "pass\\nword.password",
                "pass\u2028secret",
                "pwd",
                "ssl.key.pwd",
                "passcode",
                "accountKey",
                "azure.account.key",
                "sharedAccessSignature",
                "cookie",
                "connectionString",
                "session.id.cookie"
            })
    void aTextUnderTheNameOfASecretIsHidden(String name) throws JsonProcessingException {
        JsonNode hidden = Secrets.hidden(json("{'spec': [{'" + name + "': 'hunter2', 'topic': 'clicks'}]}"));

        assertThat(hidden).isEqualTo(json("{'spec': [{'" + name + "': '(hidden)', 'topic': 'clicks'}]}"));
    }

    @Test
    void everyTextInsideASecretIsHiddenExceptTheTypeOfItsProvider() throws JsonProcessingException {
        JsonNode hidden = Secrets.hidden(
                json(
                        "{'password': {'type': 'environment', 'variable': 'KEY', 'config': {'keys': 'a', 'more': [{'b': 'c'}]}}}"));

        assertThat(hidden)
                .isEqualTo(
                        json(
                                "{'password': {'type': 'environment', 'variable': 'KEY', 'config': {'keys': '(hidden)', 'more': [{'b': '(hidden)'}]}}}"));
    }

    @Test
    void numbersAndListsUnderTheNameOfASecretAreHidden() throws JsonProcessingException {
        JsonNode hidden =
                Secrets.hidden(json("{'pin.password': 1234, 'tokens': ['a', 2, {'b': 3}], 'headers': {'x': 'y'}}"));

        assertThat(hidden)
                .isEqualTo(
                        json(
                                "{'pin.password': '(hidden)', 'tokens': ['(hidden)', '(hidden)', {'b': '(hidden)'}], 'headers': {'x': '(hidden)'}}"));
    }

    @Test
    void userAndPasswordOfAnAddressAreHidden() throws JsonProcessingException {
        JsonNode hidden = Secrets.hidden(
                json("{'url': 'https://me:hunter2@registry/x, http://other/@me', 'list': ['http://t@h']}"));

        assertThat(hidden)
                .isEqualTo(json(
                        "{'url': 'https://(hidden)@registry/x, http://other/@me', 'list': ['http://(hidden)@h']}"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:p@ss@registry/x, https://(hidden)@registry/x",
        "jdbc:mysql://h/db?user=a&password=p&ssl=true, jdbc:mysql://h/db?user=a&password=(hidden)&ssl=true",
        "jdbc:sqlserver://h;databaseName=d;Password=p;encrypt=true, jdbc:sqlserver://h;databaseName=d;Password=(hidden);encrypt=true",
        "https://h/a?X-Amz-Date=1&X-Amz-Signature=abc, https://h/a?X-Amz-Date=1&X-Amz-Signature=(hidden)",
        "https://h/a?sig=abc&access_token=p, https://h/a?sig=(hidden)&access_token=(hidden)",
        "https://h/a?topic=clicks, https://h/a?topic=clicks"
    })
    void whatAnAddressCarriesToLogInIsHidden(String address, String expected) {
        // Given
        JsonNode document = JsonNodeFactory.instance.objectNode().put("uri", address);

        // When
        JsonNode hidden = Secrets.hidden(document);

        // Then
        assertThat(hidden.path("uri").asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic",
                "monkey",
                "keyFormat",
                "design",
                "bootstrap.servers",
                "headerRows",
                "hasHeaderRow",
                "findColumnsFromHeader",
                "header",
                "type"
            })
    void whatIsNoSecretIsShown(String name) throws JsonProcessingException {
        JsonNode shown = Secrets.hidden(json("{'" + name + "': 'value'}"));

        assertThat(shown.path(name).asText()).isEqualTo("value");
    }

    @Test
    void theDocumentItselfStaysAsItIs() throws JsonProcessingException {
        JsonNode document = json("{'password': 'hunter2'}");

        Secrets.hidden(document);

        assertThat(document).isEqualTo(json("{'password': 'hunter2'}"));
    }

    @Test
    void aChangedSecretIsAChangeWithoutItsValues() throws JsonProcessingException {
        Change change = new Change(Kind.REPLACED, "/consumerProperties/sasl.jaas.config", json("'old'"), json("'new'"));

        assertThat(Secrets.hidden(List.of(change)))
                .containsExactly(new Change(
                        Kind.REPLACED, "/consumerProperties/sasl.jaas.config", json("'(hidden)'"), json("'(hidden)'")));
    }

    @Test
    void aSecretInsideAnAddedValueIsHidden() throws JsonProcessingException {
        Change change = new Change(Kind.ADDED, "/consumerProperties", null, json("{'password': 'p', 'group.id': 'g'}"));

        assertThat(Secrets.hidden(List.of(change)))
                .containsExactly(new Change(
                        Kind.ADDED, "/consumerProperties", null, json("{'password': '(hidden)', 'group.id': 'g'}")));
    }

    @Test
    void anObjectUnderTheNameOfASecretIsHiddenAsAWhole() throws JsonProcessingException {
        Change change =
                new Change(Kind.REMOVED, "/password", json("{'type': 'default', 'value': 'p', 'size': 1}"), null);

        assertThat(Secrets.hidden(List.of(change)))
                .containsExactly(new Change(
                        Kind.REMOVED,
                        "/password",
                        json("{'type': 'default', 'value': '(hidden)', 'size': '(hidden)'}"),
                        null));
    }

    @Test
    void hidingTwiceIsHidingOnce() throws JsonProcessingException {
        List<Change> once = Secrets.hidden(List.of(new Change(Kind.REPLACED, "/token", json("'a'"), json("'b'"))));

        assertThat(Secrets.hidden(once)).isEqualTo(once);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
