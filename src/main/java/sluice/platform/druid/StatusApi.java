package sluice.platform.druid;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What every Druid service says of itself.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/service-status-api">Service status API</a>
 */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
interface StatusApi {

    @GET
    Response status();

    /** The properties that the service was started with, without those that Druid hides. */
    @GET
    @Path("/properties")
    Response properties();
}
