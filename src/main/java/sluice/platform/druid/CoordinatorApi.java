package sluice.platform.druid;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's HTTP API.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/legacy-metadata-api">Legacy metadata API</a>
 */
@Path("/druid/coordinator/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface CoordinatorApi {

    /** Ids of the used segments of a datasource that overlap the intervals, from the metadata store. */
    @POST
    @Path("/metadata/datasources/{datasource}/segments")
    Response usedSegments(@PathParam("datasource") String datasource, String intervals);

    /** Names of the datasources that have segments; with {@code includeUnused}, used or unused ones. */
    @GET
    @Path("/metadata/datasources")
    Response datasources(@QueryParam("includeUnused") String includeUnused);

    /**
     * A page of the unused segments, which {@code sys.segments} does not show.
     *
     * @param interval {@code <start>_<end>}; null lists all
     * @param after last id of the page before; null for the first page
     */
    @GET
    @Path("/metadata/datasources/{datasource}/unusedSegments")
    Response unusedSegments(
            @PathParam("datasource") String datasource,
            @QueryParam("interval") @Nullable String interval,
            @QueryParam("limit") int limit,
            @QueryParam("lastSegmentId") @Nullable String after,
            @QueryParam("sortOrder") String order);

    /** A datasource's own load and drop rules; with {@code full}, followed by the cluster's. */
    @GET
    @Path("/rules/{datasource}")
    Response rules(@PathParam("datasource") String datasource, @QueryParam("full") @Nullable String full);

    /** The progress of automatic compaction, for all datasources that have it. */
    @GET
    @Path("/compaction/status")
    Response compactionStatus();

    @POST
    @Path("/rules/{datasource}")
    Response postRules(
            @PathParam("datasource") String datasource,
            @HeaderParam("X-Druid-Author") String author,
            @HeaderParam("X-Druid-Comment") String comment,
            String rules);
}
