package sluice.platform.druid;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Druid SQL over HTTP.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/sql-api">Druid SQL API</a>
 */
@Path("/druid/v2/sql")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface SqlApi {

    @POST
    Response query(String query);
}
