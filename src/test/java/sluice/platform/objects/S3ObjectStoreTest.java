package sluice.platform.objects;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToXml;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStoreException.Code;

/** What S3 answers, turned into our words. */
class S3ObjectStoreTest extends StubbedS3 {

    @Test
    void everyCallNamesTheOwnerOfABucketThatHasOne() {
        // Given
        S3Location location = new S3Location("owned-landing", "a");
        List<Runnable> calls = List.of(
                () -> store.list("owned-landing", "", Optional.empty()),
                () -> store.listAfter("owned-landing", "", "a"),
                () -> store.head(location),
                () -> store.get(location, 10),
                () -> store.tags(location, null),
                () -> store.replaceTags(location, null, Map.of("a", "b")));

        // When
        calls.forEach(call -> catchThrowable(call::run)); // the server knows nothing of all that

        // Then
        assertThat(server.getAllServeEvents()).hasSize(calls.size()).allSatisfy(event -> assertThat(
                        event.getRequest().getHeader("x-amz-expected-bucket-owner"))
                .isEqualTo("123456789012"));
    }

    @Test
    void listsAllPagesWithWhatIsKnownOfEachObject() {
        // Given
        server.stubFor(get(urlPathEqualTo("/landing"))
                .withQueryParam("list-type", equalTo("2"))
                .withQueryParam("prefix", equalTo("web/"))
                .willReturn(ok(page("web/a", "STANDARD", "<NextContinuationToken>t1</NextContinuationToken>"))));
        server.stubFor(get(urlPathEqualTo("/landing"))
                .withQueryParam("continuation-token", equalTo("t1"))
                .willReturn(ok(page("web/b", "GLACIER", ""))));
        List<StoredObject> objects = new ArrayList<>();

        // When
        store.each("landing", "web/", objects::add);

        // Then
        Instant written = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(objects)
                .containsExactly(
                        new StoredObject("web/a", "abc", null, 7, written, "STANDARD"),
                        new StoredObject("web/b", "abc", null, 7, written, "GLACIER"));
    }

    @Test
    void listsWhatComesAfterAKey() {
        // Given
        server.stubFor(get(urlPathEqualTo("/landing"))
                .withQueryParam("prefix", equalTo("web/"))
                .withQueryParam("start-after", equalTo("web/a"))
                .willReturn(ok(page("web/b", "STANDARD", ""))));

        // When
        ObjectPage page = store.listAfter("landing", "web/", "web/a");

        // Then
        assertThat(page.objects()).extracting(StoredObject::key).containsExactly("web/b");
        assertThat(page.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, 2026-03-01T00:00:00.000Z, false", "true, , true", ", , true"})
    void anArchivedObjectCanBeReadOnceItIsRestored(String inProgress, String until, boolean isArchived) {
        // Given
        String status = inProgress == null
                ? ""
                : "<RestoreStatus><IsRestoreInProgress>" + inProgress + "</IsRestoreInProgress>"
                        + (until == null ? "" : "<RestoreExpiryDate>" + until + "</RestoreExpiryDate>")
                        + "</RestoreStatus>";
        server.stubFor(get(urlPathEqualTo("/landing"))
                .withHeader("x-amz-optional-object-attributes", equalTo("RestoreStatus"))
                .willReturn(
                        ok(page("web/a", "DEEP_ARCHIVE</StorageClass>" + status + "<StorageClass>DEEP_ARCHIVE", ""))));
        List<StoredObject> objects = new ArrayList<>();

        // When
        store.each("landing", "web/", objects::add);

        // Then
        assertThat(objects).singleElement().satisfies(object -> assertThat(object.isArchived())
                .isEqualTo(isArchived));
    }

    @Test
    void headTellsTheVersionAndTheStandardClassThatS3LeavesOut() {
        // Given
        server.stubFor(head(urlPathEqualTo(PATH))
                .willReturn(ok().withHeader("ETag", "\"abc\"")
                        .withHeader("Content-Length", "7")
                        .withHeader("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT")
                        .withHeader("x-amz-version-id", "v1")));

        // When
        Optional<StoredObject> object = store.head(PLACE);

        // Then
        assertThat(object)
                .contains(new StoredObject(
                        PLACE.key(), "abc", "v1", 7, Instant.parse("2026-01-02T03:04:05Z"), StoredObject.STANDARD));
    }

    @Test
    void headOfWhatIsNotThereIsEmpty() {
        // Given
        server.stubFor(head(anyUrl()).willReturn(aResponse().withStatus(404)));

        // When
        Optional<StoredObject> object = store.head(PLACE);

        // Then
        assertThat(object).isEmpty();
    }

    @Test
    void anObjectOfJustTheLimitIsRead() {
        // Given
        server.stubFor(get(urlPathEqualTo(PATH)).willReturn(ok("1234567").withHeader("ETag", "\"abc\"")));

        // When
        byte[] bytes = store.get(PLACE, 7);

        // Then
        assertThat(bytes).asString().isEqualTo("1234567");
    }

    @Test
    void anObjectOverTheLimitIsNotRead() {
        // Given
        server.stubFor(get(urlPathEqualTo(PATH)).willReturn(ok("12345678").withHeader("ETag", "\"abc\"")));

        // When
        ObjectStoreException exception = catchThrowableOfType(ObjectStoreException.class, () -> store.get(PLACE, 7));

        // Then
        assertThat(exception.code()).isEqualTo(Code.TOO_LARGE);
        assertThat(exception).hasMessageContaining(PLACE.toString()).hasMessageContaining("7");
    }

    @Test
    void readsTagsOfAVersion() {
        // Given
        server.stubFor(get(urlPathEqualTo(PATH))
                .withQueryParam("versionId", equalTo("v1"))
                .willReturn(ok("<Tagging><TagSet><Tag><Key>team</Key><Value>search</Value></Tag></TagSet></Tagging>")));

        // When
        Map<String, String> tags = store.tags(PLACE, "v1");

        // Then
        assertThat(tags).containsExactly(Map.entry("team", "search"));
    }

    @Test
    void anObjectWithoutTagsHasNone() {
        // Given
        server.stubFor(get(urlPathEqualTo(PATH)).willReturn(ok("<Tagging><TagSet></TagSet></Tagging>")));

        // When
        Map<String, String> tags = store.tags(PLACE, null);

        // Then
        assertThat(tags).isEmpty();
    }

    @Test
    void writesAllTagsAtOnce() {
        // Given
        server.stubFor(put(anyUrl()).willReturn(ok()));

        // When
        store.replaceTags(PLACE, null, Map.of("team", "search"));

        // Then
        server.verify(putRequestedFor(urlPathEqualTo(PATH))
                .withQueryParam("tagging", equalTo(""))
                .withRequestBody(equalToXml("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<TagSet><Tag><Key>team</Key><Value>search</Value></Tag></TagSet></Tagging>")));
    }

    @Test
    void signsAnAddressForItsLife() {
        // When
        URI address = store.presignedGet(PLACE, Duration.ofMinutes(5));

        // Then
        assertThat(address.getRawPath()).isEqualTo(PATH);
        assertThat(address.getRawQuery()).contains("X-Amz-Expires=300", "X-Amz-Signature=");
        assertThat(server.getAllServeEvents()).isEmpty();
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
}
