package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.StateTable;
import sluice.simulation.BeanClasses;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.druid.InMemoryDruids;

class EndpointsTest {

    @Test
    void noTwoRoutesMatchTheSameCall() {
        // Given
        ManualClock clock = new ManualClock(Instant.EPOCH);
        Beans beans = new Beans(Map.of())
                .with(Clock.class, clock)
                .with(ObjectMapper.class, new ObjectMapper())
                .with(StateTable.class, new InMemoryStateTable(clock))
                .with(EventBus.class, new InMemoryEventBus())
                .with(ObjectStore.class, new InMemoryObjectStore(clock))
                .with(DruidClusters.class, new InMemoryDruids());
        List<Route> routes = new ArrayList<>();
        BeanClasses.implementing(Endpoint.class)
                .forEach(type -> routes.addAll(beans.get(type).routes()));

        // When
        List<String> ambiguous = new ArrayList<>();
        for (int left = 0; left < routes.size(); left++) {
            for (int right = left + 1; right < routes.size(); right++) {
                if (overlap(routes.get(left), routes.get(right))) {
                    ambiguous.add(routes.get(left) + " and " + routes.get(right));
                }
            }
        }

        // Then
        assertThat(routes).hasSizeGreaterThan(20);
        assertThat(ambiguous).isEmpty();
    }

    private static boolean overlap(Route one, Route other) {
        String[] left = one.template().split("/", -1);
        String[] right = other.template().split("/", -1);
        boolean isAmbiguous = one.method().equals(other.method()) && left.length == right.length;
        for (int index = 0; isAmbiguous && index < left.length; index++) {
            isAmbiguous =
                    left[index].startsWith("{") || right[index].startsWith("{") || left[index].equals(right[index]);
        }
        return isAmbiguous;
    }
}
