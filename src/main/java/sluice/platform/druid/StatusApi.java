package sluice.platform.druid;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The status API that every Druid service has.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/service-status-api">Service status API</a>
 */
@Path("/status")
@Produces(MediaType.APPLICATION_JSON)
interface StatusApi {

    @GET
    Response status();

    /** The properties of the service, without those that Druid hides. */
    @GET
    @Path("/properties")
    Response properties();
}
