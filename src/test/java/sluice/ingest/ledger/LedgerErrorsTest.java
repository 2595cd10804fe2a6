package sluice.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.run.Problem;
import sluice.ingest.run.RunState;

/** Which objects are held back after a failure, and at which an error stands. */
class LedgerErrorsTest extends LedgerFixture {

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void anObjectIsHeldBackIfTheFailureMayBeAboutIt(Problem.Code code) {
        // Given
        Problem problem = new Problem(code, "it broke");

        // When
        ledger.ended(RUN, new RunState.Failed(NOON, problem), List.of(OBJECT), null, List.of());

        // Then
        boolean loaded = problem.mayHaveLoaded();
        assertThat(entry(OBJECT).end())
                .isEqualTo(new LedgerEntry.End(loaded, NOON, problem.isAboutInput() && !loaded ? "hash" : null));
    }

    @Test
    void onlyTheObjectsThatErrorsNameAreHeldBack() {
        // Given
        InputObject longer = object("other.json.gz");

        // When
        ledger.ended(
                RUN,
                failed(),
                List.of(OBJECT, OTHER, longer),
                null,
                List.of("cannot parse (Path: s3://landing/wiki/other.json, Record: 2, Line: 2)"));

        // Then
        assertThat(entry(OTHER).end()).isEqualTo(new LedgerEntry.End(false, NOON, "hash"));
        assertThat(entry(OBJECT).end()).isEqualTo(new LedgerEntry.End(false, NOON, null));
        assertThat(entry(longer).end()).isEqualTo(new LedgerEntry.End(false, NOON, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at s3://landing/wiki/other.json",
                "(https://landing.s3.eu-central-1.amazonaws.com/wiki/other.json?X-Amz-Date=1)",
                "(http://127.0.0.1:9000/landing/wiki/other.json?X-Amz-Date=1)",
                "s3://landing/wiki/other.json, Line: 2",
                "Cannot read s3://landing/wiki/other.json."
            })
    void anErrorNamesAnObjectByItsAddress(String error) {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT, OTHER), null, List.of(error));

        // Then
        assertThat(entry(OTHER).error()).isEqualTo(error);
        assertThat(entry(OBJECT).error()).isNull();
    }

    /** Druid writes the addresses of {@code s3} input; those of presigned input are S3's, which encodes two characters otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(Path: s3://landing/wiki/%7Ea*.json, Record: 2)",
                "(Path: https://landing.s3.eu-central-1.amazonaws.com/wiki/~a%2A.json, Record: 2)",
                "(Path: http://127.0.0.1:9000/landing/wiki/~a%2A.json, Record: 2)"
            })
    void anAddressIsFoundHoweverItsKeyIsEncoded(String error) {
        // Given
        InputObject odd = object("~a*.json");

        // When
        ledger.ended(RUN, failed(), List.of(odd, OTHER), null, List.of(error));

        // Then
        assertThat(entry(odd).error()).isEqualTo(error);
        assertThat(entry(OTHER).error()).isNull();
    }

    @Test
    void rowsAreToldOfOneObjectOnly() {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT, OTHER), 7L, List.of());

        // Then
        assertThat(entry(OBJECT).rows()).isNull();
    }

    @Test
    void anErrorStandsAtTheObjectThatItNames() {
        // When
        ledger.ended(
                RUN,
                failed(),
                List.of(OBJECT, OTHER),
                null,
                List.of("general", "at s3://landing/wiki/a%20b%2Bc.json line 3"));

        // Then
        assertThat(entry(OBJECT).error()).isEqualTo("at s3://landing/wiki/a%20b%2Bc.json line 3");
        assertThat(entry(OTHER).error()).isNull();
    }

    @Test
    void theFirstErrorIsThatOfTheOnlyObject() {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT), null, List.of("general", "more"));

        // Then
        assertThat(entry(OBJECT).error()).isEqualTo("general");
    }
}
