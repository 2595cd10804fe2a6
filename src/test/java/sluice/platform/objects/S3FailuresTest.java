package sluice.platform.objects;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.platform.aws.S3Settings;
import sluice.platform.objects.ObjectStoreException.Code;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3 or something between says instead of an answer. */
class S3FailuresTest extends StubbedS3 {

    @ParameterizedTest
    @CsvSource({
        "301, REJECTED",
        "307, UNAVAILABLE",
        "400, REJECTED",
        "401, FORBIDDEN",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, UNSUPPORTED",
        "408, UNAVAILABLE",
        "409, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "501, UNSUPPORTED",
        "503, UNAVAILABLE"
    })
    void aStatusBecomesACode(int status, Code code) {
        // Given
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("<Error><Code>Odd</Code><Message>what S3 says</Message></Error>")));

        // When
        ObjectStoreException exception =
                catchThrowableOfType(ObjectStoreException.class, () -> store.tags(PLACE, null));

        // Then
        assertThat(exception.code()).isEqualTo(code);
        assertThat(exception).hasMessageContaining("what S3 says");
    }

    /** S3 answers 400 to what it would take if it came again. */
    @ParameterizedTest
    @ValueSource(strings = {"RequestTimeout", "ExpiredToken", "TokenRefreshRequired"})
    void aCallThatWouldBeTakenLaterIsUnavailable(String code) {
        // Given
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("<Error><Code>%s</Code><Message>later</Message></Error>".formatted(code))));

        // When
        ObjectStoreException exception = catchThrowableOfType(ObjectStoreException.class, () -> store.get(PLACE, 10));

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE", "EMPTY_RESPONSE"})
    void aConnectionThatBreaksIsUnavailable(Fault fault) {
        // Given
        server.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

        // When
        ObjectStoreException exception = catchThrowableOfType(ObjectStoreException.class, () -> store.get(PLACE, 10));

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }

    /** A login page of a proxy is XML enough to be read as a listing without objects, or as tags that are none. */
    @ParameterizedTest
    @CsvSource({"list", "head", "get", "tags"})
    void aPageOfSomethingElseIsNoAnswerOfS3(String call) {
        // Given
        server.stubFor(any(anyUrl())
                .willReturn(ok("<html><head><title>Sign in</title></head><body><p>Please sign in.</p></body></html>")
                        .withHeader("Content-Type", "text/html")));

        // When
        ObjectStoreException exception = catchThrowableOfType(ObjectStoreException.class, () -> {
            switch (call) {
                case "list" -> store.list("landing", "web/", Optional.empty());
                case "head" -> store.head(PLACE);
                case "get" -> store.get(PLACE, 1_000);
                case "tags" -> store.tags(PLACE, null);
                default -> throw new IllegalArgumentException(call);
            }
        });

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aBodyThatBreaksOffIsNoObject() throws IOException {
        // Given
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                S3Client caller = client(URI.create("http://127.0.0.1:" + socket.getLocalPort()))) {
            Thread answering = new Thread(() -> answerHalf(socket));
            answering.setDaemon(true);
            answering.start();
            ObjectStore broken =
                    new S3ObjectStore(caller, presigner, new BucketOwners(DefaultSettings.of(S3Settings.class)));

            // When
            ObjectStoreException exception =
                    catchThrowableOfType(ObjectStoreException.class, () -> broken.get(PLACE, 1_000));

            // Then
            assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
        }
    }

    private static void answerHalf(ServerSocket socket) {
        try {
            while (true) {
                try (Socket connection = socket.accept()) {
                    connection.getInputStream().read(new byte[8_192]);
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: 100\r\n\r\ndatasource: half"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static String page(String key, String storageClass, String more) {
        return """
                <ListBucketResult>
                  <IsTruncated>%s</IsTruncated>
                  %s
                  <Contents>
                    <Key>%s</Key>
                    <LastModified>2026-01-02T03:04:05.000Z</LastModified>
                    <ETag>&quot;abc&quot;</ETag>
                    <Size>7</Size>
                    <StorageClass>%s</StorageClass>
                  </Contents>
                </ListBucketResult>
                """
                .formatted(!more.isEmpty(), more, key, storageClass);
    }

    /** Found by fuzzing: each part that S3 always sends can be missing in what something else answers. */
    @ParameterizedTest
    @ValueSource(strings = {"Key", "ETag", "Size", "LastModified"})
    void aListingWithoutAPartOfAnObjectIsNoAnswer(String part) {
        // Given
        String object = "<Contents><Key>a</Key><ETag>\"e\"</ETag><Size>1</Size>"
                + "<LastModified>2026-03-01T00:00:00.000Z</LastModified></Contents>";
        server.stubFor(get(urlPathEqualTo("/landing"))
                .willReturn(ok("<ListBucketResult><IsTruncated>false</IsTruncated>"
                        + object.replaceAll("<" + part + ">.*</" + part + ">", "") + "</ListBucketResult>")));

        // When
        ObjectStoreException exception =
                catchThrowableOfType(ObjectStoreException.class, () -> store.list("landing", "", Optional.empty()));

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void headersWithoutATimeAreNoAnswer() {
        // Given
        server.stubFor(head(urlPathEqualTo(PATH)).willReturn(ok().withHeader("ETag", "\"e\"")));

        // When
        ObjectStoreException exception = catchThrowableOfType(ObjectStoreException.class, () -> store.head(PLACE));

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void aTagWithoutAKeyIsNoAnswer() {
        // Given
        server.stubFor(get(urlPathEqualTo(PATH))
                .willReturn(ok("<Tagging><TagSet><Tag><Value>b</Value></Tag></TagSet></Tagging>")));

        // When
        ObjectStoreException exception =
                catchThrowableOfType(ObjectStoreException.class, () -> store.tags(PLACE, null));

        // Then
        assertThat(exception.code()).isEqualTo(Code.UNAVAILABLE);
    }
}
