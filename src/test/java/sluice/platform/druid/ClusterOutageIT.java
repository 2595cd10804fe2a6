package sluice.platform.druid;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A Druid that is away for a moment, for long, in part, or that never answers. */
@QuarkusTest
class ClusterOutageIT extends ConnectedTest {

    private static final String TASK = "/druid/indexer/v1/task";

    @Test
    void triesAgainWhenDruidIsNotThereForAMoment() {
        // Given
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("starting"));
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs("starting")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("up"));
        DruidOnWire.SERVER.stubFor(post(urlEqualTo(TASK))
                .inScenario("restart")
                .whenScenarioStateIs("up")
                .willReturn(okJson("{\"task\":\"t1\"}")));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
    }

    @Test
    void asksNoMoreWhenNeitherTheCallNorAProbeIsAnswered() {
        // Given
        DruidOnWire.SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(() -> cluster.tasks().submit("t1", "{}")).isInstanceOf(DruidException.class);
        int before = DruidOnWire.SERVER
                .countRequestsMatching(anyRequestedFor(anyUrl()).build())
                .getCount();

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().find("t1"));

        // Then
        assertThat(failure)
                .isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                        .isEqualTo(DruidException.Code.UNAVAILABLE))
                .hasMessageContaining("not asked");
        assertThat(DruidOnWire.SERVER
                        .countRequestsMatching(anyRequestedFor(anyUrl()).build())
                        .getCount())
                .isEqualTo(before);
    }

    @Test
    void oneServiceThatDoesNotAnswerIsNoOutageOfTheCluster() {
        // Given
        DruidOnWire.SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        DruidOnWire.SERVER.stubFor(
                get(urlEqualTo("/druid/indexer/v1/leader")).willReturn(okJson("\"http://overlord:8090\"")));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> cluster.tasks().find("t1"));

        // Then
        assertThat(failure).hasMessageContaining("HTTP 503");
        assertThat(cluster.outage()).isEmpty();
    }

    @Test
    void callsThatListSegmentsHaveALimitOfTheirOwn() {
        // Given: a broker that takes longer than a call may, but not longer than a list of segments may
        DruidOnWire.SERVER.stubFor(
                post(urlEqualTo("/druid/v2/sql")).willReturn(okJson("[]").withFixedDelay(500)));
        DruidCluster brief = clusters.connect("brief");

        // When
        List<ChunkTotals> totals = brief.segmentCatalog().totals("wiki", null, 10);
        DruidException other = catchThrowableOfType(
                DruidException.class, () -> brief.servedSegments().anyActive("wiki"));

        // Then
        assertThat(totals).isEmpty();
        assertThat(other.code()).isEqualTo(DruidException.Code.TIMED_OUT);
    }

    @Test
    void aClusterThatIsDownDoesNotCountAsOneThatSaysNothing() {
        // Given
        properties("coordinator", aResponse().withStatus(503));

        // When
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(
                () -> clusters.connect("closed").autoKill());

        // Then
        assertThat(failure).isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                .isEqualTo(DruidException.Code.UNAVAILABLE));
    }

    @Test
    void aCallWithoutAnAnswerIsMadeOnceAndFollowedByAProbe() {
        // Given
        int before = DruidOnWire.HUNG.connections();

        // When
        DruidException failure = failure(clusters.connect("hung"));

        // Then
        assertThat(failure.code()).isEqualTo(DruidException.Code.TIMED_OUT);
        assertThat(DruidOnWire.HUNG.connections()).isEqualTo(before + 2);
    }

    @Test
    void aCallTakesNoLongerThanTheInvocationHasLeft() {
        // Given
        DruidCluster patient = process(Duration.ofMillis(300)).connect("patient");
        Instant begun = clock.instant();

        // When
        DruidException failure = failure(patient);

        // Then
        assertThat(failure.code()).isEqualTo(DruidException.Code.TIMED_OUT);
        assertThat(Duration.between(begun, clock.instant()))
                .isLessThan(config.byName().get("patient").timeout());
    }

    @Test
    void noCallIsMadeWhenTheInvocationHasNoTimeLeft() {
        // Given
        int before = DruidOnWire.HUNG.connections();

        // When
        DruidException failure = failure(process(Duration.ZERO).connect("hung"));

        // Then
        assertThat(failure).hasMessageContaining("no time left");
        assertThat(DruidOnWire.HUNG.connections()).isEqualTo(before);
    }

    @Test
    void oneCallInVainKeepsEveryProcessFromAsking() {
        // Given
        failure(clusters.connect("hung"));
        DruidCluster ofAnother = process(Duration.ofMinutes(1)).connect("hung");
        int before = DruidOnWire.HUNG.connections();

        // When
        List<DruidException> failures =
                IntStream.range(0, 20).mapToObj(call -> failure(ofAnother)).toList();

        // Then
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining("not asked, because it has not"));
        assertThat(DruidOnWire.HUNG.connections()).isEqualTo(before);
        assertThat(ofAnother.outage()).isPresent();
    }

    private static DruidException failure(DruidCluster asked) {
        return catchThrowableOfType(DruidException.class, () -> asked.tasks().find("t1"));
    }
}
