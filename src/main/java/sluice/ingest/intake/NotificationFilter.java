package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.EnvironmentReach;
import sluice.platform.log.Log;

/**
 * Drops what a notification says about objects that no definition of this environment may read, and what S3 did not send. It
 * costs no write: whoever may send to the queue cannot fill the table with objects of other buckets.
 */
@ApplicationScoped
public class NotificationFilter {

    private static final Log LOG = Log.of(NotificationFilter.class);

    private final EnvironmentReach reach;
    private final ActiveDefinitions definitions;

    NotificationFilter(EnvironmentReach reach, ActiveDefinitions definitions) {
        this.reach = reach;
        this.definitions = definitions;
    }

    /** Returns the notification without what is dropped. The log counts it. */
    public S3Notification filtered(S3Notification notification) {
        S3Notification kept = notification.onlyOf(arrival -> reach.policy().holds(arrival.bucket(), arrival.key())
                || definitions.holds(arrival.bucket(), arrival.key()));
        int dropped = notification.records().size() - kept.records().size();
        if (dropped > 0) {
            LOG.warn(
                    "Objects are dropped: SLUICE_BUCKETS does not have them, or S3 did not send the notification",
                    "dropped",
                    dropped,
                    "kept",
                    kept.records().size());
        }
        return kept;
    }
}
