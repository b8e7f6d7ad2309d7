package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedSecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "why is postgresql://app:hunter2@db:5432/shop slow?"
                        + "|why is postgresql://app:***@db:5432/shop slow?",
                "host=db user=app password=hunter2 sslmode=require"
                        + "|host=db user=app password=*** sslmode=require",
                "password = 'it''s hunter2' is wrong|password = *** is wrong",
                "alter role app PASSWORD 'hunter2' valid until 'infinity'"
                        + "|alter role app PASSWORD *** valid until 'infinity'",
                "alter role app password $x$hunter2$x$;|alter role app password ***;",
                "jdbc:postgresql://db/shop?user=app&password=hunter2&ssl=true"
                        + "|jdbc:postgresql://db/shop?user=app&password=***&ssl=true",
                "with token dapi0123456789abcdef0123456789abcdef it fails|with token *** it fails",
                "Authorization: Bearer abc.def-ghi|Authorization: Bearer ***",
                "api_key: \"hunter2\"|api_key: ***",
                "sslpassword=hunter2|sslpassword=***"
            })
    void passwordsAndTokensAreMasked(String text, String masked) {
        assertThat(MaskedSecrets.in(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what is password_encryption set to?",
                "password_encryption = scram-sha-256",
                "who may read the table token?",
                "select tokens from shop.carts",
                "why is https://docs.example/a:b slow"
            })
    void whatIsNoneStays(String text) {
        assertThat(MaskedSecrets.in(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[\"password='x\\\"y'\",1,null],\"b\":{\"c\":\"plain\"}}"})
    void aDocumentStaysADocument(String json) {
        assertThat(MaskedSecrets.inJson(json))
                .isEqualTo("{\"a\":[\"password=***\",1,null],\"b\":{\"c\":\"plain\"}}");
    }
}
