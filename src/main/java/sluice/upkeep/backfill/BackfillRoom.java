package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/**
 * Decides how many windows of a backfill may be under way, so that it never starves live loads. It takes at most half of a
 * cluster's task slots, begins nothing while any task waits for a slot, and nothing while a cluster does not answer.
 */
@ApplicationScoped
class BackfillRoom {

    private final DruidClusters clusters;

    BackfillRoom(DruidClusters clusters) {
        this.clusters = clusters;
    }

    /**
     * Room for windows.
     *
     * @param most windows that may be under way at once, those that are under way included
     * @param obstacle why none may begin whatever ends; null if there is room, which {@code parallel} or the share of slots limits
     */
    record Room(int most, @Nullable String obstacle) {

        private static Room none(String obstacle) {
            return new Room(0, obstacle);
        }
    }

    Room of(BackfillRequest request) {
        int most = request.parallel();
        String obstacle = null;
        for (String name : request.clusters()) {
            Optional<DruidCluster> cluster = clusters.find(name);
            if (cluster.isEmpty()) {
                return Room.none("the environment has no cluster " + name);
            }
            Room room = of(cluster.get());
            if (room.most() < most) {
                most = room.most();
                obstacle = room.obstacle();
            }
        }
        return new Room(most, obstacle);
    }

    private static Room of(DruidCluster cluster) {
        try {
            Optional<String> outage =
                    cluster.outage().map(known -> "cluster " + known.cluster() + " is " + known.message());
            if (outage.isPresent()) {
                return Room.none(outage.get());
            }
            int pending = cluster.taskTable().pending();
            if (pending > 0) {
                return Room.none(pending + " tasks wait for a slot of cluster " + cluster.name());
            }
            int slots = cluster.workerCapacity();
            return new Room(share(slots), null);
        } catch (DruidException exception) {
            return Room.none("cluster " + cluster.name() + ": " + exception.getMessage());
        }
    }

    /** Returns how many of a cluster's slots a backfill may take. A cluster that scales from zero workers gets one task. */
    static int share(int slots) {
        return Math.max(1, slots / 2);
    }
}
