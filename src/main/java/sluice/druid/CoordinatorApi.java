package sluice.druid;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The coordinator's HTTP API.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/legacy-metadata-api">Legacy metadata API</a>
 */
@Path("/druid/coordinator/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface CoordinatorApi {

    /** Ids of the used segments of a datasource that overlap the intervals, straight from the metadata store. */
    @POST
    @Path("/metadata/datasources/{datasource}/segments")
    Response usedSegments(@PathParam("datasource") String datasource, String intervals);
}
