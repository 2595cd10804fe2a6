package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.sandbox.lambda.Routes.ObjectRoute.Of;

class RoutesTest {

    private final Routes routes = Routes.read();

    @Test
    void theProjectsRoutesLeadFromTheFileToTheTask() {
        assertThat(routes.queuesForObject(Of.LANDING, "wikipedia/dt=2026-01-01/edits.json.gz"))
                .containsExactly("sluice-generate");
        assertThat(routes.queuesForObject(Of.DEFINITIONS, "definitions/wikipedia.yaml"))
                .containsExactly("sluice-generate");
        assertThat(routes.queuesFor("sluice.batch.settled")).containsExactly("sluice-generate");
        assertThat(routes.queuesFor("sluice.run.planned")).containsExactly("sluice-submit");
        assertThat(routes.queuesFor("sluice.unheard-of")).isEmpty();
    }

    /** AWS refuses an event source mapping whose function may take longer than the queue hides the message. */
    @Test
    void noQueueShowsAMessageAgainWhileItsFunctionMayStillWorkOnIt() {
        assertThat(routes.queues().values()).allSatisfy(queue -> assertThat(queue.visibilityTimeout())
                .isGreaterThanOrEqualTo(
                        routes.functions().get(queue.function()).timeout().multipliedBy(6)));
    }

    @Test
    void retentionIsSweptOnceADayAndRunsAreFollowedEveryMinute() {
        assertThat(routes.schedules().get("poll").minutes()).isEqualTo(1);
        assertThat(routes.schedules().get("retain").minutes()).isEqualTo(24 * 60);
    }

    @Test
    void aRequestForATickInvokesPoll() {
        assertThat(routes.functionsFor("sluice.poll.requested")).containsExactly("poll");
        assertThat(routes.functionsFor("sluice.run.submitted")).containsExactly("poll");
        assertThat(routes.functionsFor("sluice.run.planned")).isEmpty();
    }

    @Test
    void aRouteToNowhereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Routes(
                        Map.of(),
                        Map.of(),
                        List.of(new Routes.EventRule("lost", List.of("a"), "nowhere")),
                        List.of(),
                        Map.of(),
                        new Routes.HttpRoute("gate", "/v1/"),
                        List.of()))
                .withMessageContaining("'nowhere'");
    }
}
