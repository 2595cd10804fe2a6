package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectStoreException;
import sluice.simulation.Calls;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.ObjectCall;
import sluice.simulation.ObjectCall.Operation;

class BucketFilesTest {

    private final InMemoryObjectStore store = new InMemoryObjectStore(Clock.systemUTC()).bucket("configuration");
    private final BucketFiles files = new BucketFiles(store, "configuration", "definitions/");

    @Test
    void readsDefinitionsUnderThePrefixAlone() {
        // Given
        put("definitions/a.yaml", "a: ä");
        put("definitions/deeper/b.json", "{}");
        put("definitions/readme.md", "not one");
        put("elsewhere/c.yaml", "c: 3");

        // When
        List<DefinitionFile> read = files.read(Map.of());

        // Then
        assertThat(read)
                .extracting(DefinitionFile::name, DefinitionFile::text)
                .containsExactly(tuple("definitions/a.yaml", "a: ä"), tuple("definitions/deeper/b.json", "{}"));
    }

    @Test
    void readsOnlyWhatHasChanged() {
        // Given
        put("definitions/a.yaml", "a: 1");
        put("definitions/b.yaml", "b: 1");
        Map<String, DefinitionFile> known =
                files.read(Map.of()).stream().collect(Collectors.toMap(DefinitionFile::name, Function.identity()));
        put("definitions/b.yaml", "b: 2");
        List<String> gets = new ArrayList<>();
        store.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                if (call.operation() == Operation.GET) {
                    gets.add(call.key());
                }
            }
        });

        // When
        List<DefinitionFile> read = files.read(known);

        // Then
        assertThat(read).extracting(DefinitionFile::text).containsExactly("a: 1", "b: 2");
        assertThat(gets).containsExactly("definitions/b.yaml");
    }

    @Test
    void aFileThatIsTooLargeHasNoTextAndDoesNotStopTheOthers() {
        // Given
        put("definitions/a.yaml", "x".repeat(DefinitionFile.MAX_BYTES + 1));
        put("definitions/b.yaml", "b: 1");
        List<String> gets = new ArrayList<>();
        store.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                if (call.operation() == Operation.GET) {
                    gets.add(call.key());
                }
            }
        });

        // When
        List<DefinitionFile> read = files.read(Map.of());

        // Then
        assertThat(read).extracting(DefinitionFile::text).containsExactly("", "b: 1");
        assertThat(read.get(0).problem()).isEqualTo("The file has 4000001 bytes; the limit is 4000000");
        assertThat(gets).containsExactly("definitions/b.yaml");
    }

    @Test
    void aFileThatIsNotUtf8DoesNotStopTheOthersAndItsCharactersAreNotReplaced() {
        // Given
        store.put(new S3Location("configuration", "definitions/a.yaml"), new byte[] {'a', ':', (byte) 0xE4});
        put("definitions/b.yaml", "b: 1");

        // When
        List<DefinitionFile> read = files.read(Map.of());

        // Then
        assertThat(read)
                .extracting(DefinitionFile::text, DefinitionFile::problem)
                .containsExactly(tuple("", "The file is not UTF-8"), tuple("b: 1", null));
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN, 2", "TOO_LARGE, 2", "NOT_FOUND, 1"})
    void aFileThatS3DoesNotGiveOutDoesNotStopTheOthers(ObjectStoreException.Code code, int files) {
        // Given
        put("definitions/a.yaml", "a: 1");
        put("definitions/b.yaml", "b: 1");
        store.watch(failing("definitions/a.yaml", code));

        // When
        List<DefinitionFile> read = this.files.read(Map.of());

        // Then
        assertThat(read).hasSize(files);
        assertThat(read).extracting(DefinitionFile::text).contains("b: 1").doesNotContain("a: 1");
    }

    @ParameterizedTest
    @CsvSource({"FORBIDDEN", "REJECTED"})
    void aFileThatS3DidNotGiveOutIsAskedForAgain(ObjectStoreException.Code code) {
        // Given
        put("definitions/a.yaml", "a: 1");
        store.watch(failing("definitions/a.yaml", code));
        List<DefinitionFile> withheld = files.read(Map.of());
        store.watch(new Calls<>() {});

        // When
        List<DefinitionFile> read = files.read(Map.of("definitions/a.yaml", withheld.get(0)));

        // Then
        assertThat(withheld).extracting(DefinitionFile::isWithheld).containsExactly(true);
        assertThat(read).extracting(DefinitionFile::text).containsExactly("a: 1");
    }

    @Test
    void aStoreThatCannotBeReachedIsNotADefinitionThatIsGone() {
        // Given
        put("definitions/a.yaml", "a: 1");
        store.watch(failing("definitions/a.yaml", ObjectStoreException.Code.UNAVAILABLE));

        // When
        assertThatThrownBy(() -> files.read(Map.of()))
                // Then
                .isInstanceOf(ObjectStoreException.class);
    }

    private static Calls<ObjectCall> failing(String key, ObjectStoreException.Code code) {
        return new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                if (call.operation() == Operation.GET && call.key().equals(key)) {
                    throw new ObjectStoreException(code, "planted");
                }
            }
        };
    }

    @Test
    void aBucketThatIsNotThereIsNotAnEmptyOne() {
        // Given
        BucketFiles nowhere = new BucketFiles(store, "nowhere", "definitions/");

        // When
        assertThatThrownBy(() -> nowhere.read(Map.of()))
                // Then
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void holdsDefinitionsOfItsBucketAndPrefix() {
        assertThat(files.holds("configuration", "definitions/a.yaml")).isTrue();
        assertThat(files.holds("landing", "definitions/a.yaml")).isFalse();
        assertThat(files.holds("configuration", "elsewhere/a.yaml")).isFalse();
        assertThat(files.holds("configuration", "definitions/a.csv")).isFalse();
    }

    private void put(String key, String text) {
        store.put(new S3Location("configuration", key), text.getBytes(StandardCharsets.UTF_8));
    }
}
