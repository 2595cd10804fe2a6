package sluice.platform.druid;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The overlord's HTTP API. Bodies are text in both directions: Druid sometimes answers with plain text, HTML or
 * nothing where its documentation says JSON. {@link DruidAnswer} tells these apart.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/tasks-api">Tasks API</a>
 */
@Path("/druid/indexer/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface OverlordApi {

    /** The address of the leading overlord: the cheapest call that only an overlord answers. */
    @GET
    @Path("/leader")
    Response leader();

    @POST
    @Path("/task")
    Response submit(String spec);

    @GET
    @Path("/task/{id}")
    Response task(@PathParam("id") String id);

    @POST
    @Path("/taskStatus")
    Response statuses(String ids);

    @GET
    @Path("/task/{id}/reports")
    Response reports(@PathParam("id") String id);

    @POST
    @Path("/task/{id}/shutdown")
    Response shutdown(@PathParam("id") String id, String empty);

    @GET
    @Path("/totalWorkerCapacity")
    Response workerCapacity();

    @POST
    @Path("/sampler")
    Response sample(String spec);

    @POST
    @Path("/datasources/{datasource}/segments/{segment}")
    Response markUsed(@PathParam("datasource") String datasource, @PathParam("segment") String segment, String empty);

    @POST
    @Path("/datasources/{datasource}/markUnused")
    Response markUnused(@PathParam("datasource") String datasource, String segments);

    /** The locks of running tasks: {@code {datasourceToLocks: {<datasource>: [{type, interval, revoked ...}]}}}. */
    @POST
    @Path("/activeLocks")
    Response activeLocks(String filters);

    @GET
    @Path("/supervisor/{id}")
    Response supervisor(@PathParam("id") String id);

    @GET
    @Path("/supervisor/{id}/status")
    Response supervisorStatus(@PathParam("id") String id);

    /** {@code {<group>: {<task>: {movingAverages, totals}}}}, of the tasks that read now. */
    @GET
    @Path("/supervisor/{id}/stats")
    Response supervisorStats(@PathParam("id") String id);

    @POST
    @Path("/supervisor/{id}/suspend")
    Response suspendSupervisor(@PathParam("id") String id, String empty);

    @POST
    @Path("/supervisor/{id}/resume")
    Response resumeSupervisor(@PathParam("id") String id, String empty);

    @POST
    @Path("/supervisor/{id}/taskGroups/handoff")
    Response handOffSupervisor(@PathParam("id") String id, String groups);

    @POST
    @Path("/supervisor/{id}/reset")
    Response resetSupervisor(@PathParam("id") String id, String empty);

    @POST
    @Path("/supervisor/{id}/resetOffsets")
    Response resetSupervisorOffsets(@PathParam("id") String id, String offsets);

    /** {@code [{spec, version}, ...]}, newest first; a termination has a spec of type {@code NoopSupervisorSpec}. */
    @GET
    @Path("/supervisor/{id}/history")
    Response supervisorHistory(@PathParam("id") String id);

    @POST
    @Path("/supervisor")
    Response postSupervisor(@QueryParam("skipRestartIfUnmodified") boolean skipRestartIfUnmodified, String spec);

    @POST
    @Path("/supervisor/{id}/terminate")
    Response terminateSupervisor(@PathParam("id") String id, String empty);

    /** {@code {dataSource, scheduleStatus, bytesAwaitingCompaction, ...}}, if the overlord compacts. */
    @GET
    @Path("/compaction/status/datasources/{datasource}")
    Response compactionStatus(@PathParam("datasource") String datasource);

    /** {@code {compactionTaskSlotRatio, useSupervisors, engine, ...}}, of the whole cluster. */
    @GET
    @Path("/compaction/config/cluster")
    Response compactionConfig();

    @GET
    @Path("/compaction/config/datasources/{datasource}")
    Response compactionConfig(@PathParam("datasource") String datasource);

    @POST
    @Path("/compaction/config/datasources/{datasource}")
    Response postCompactionConfig(
            @PathParam("datasource") String datasource,
            @HeaderParam("X-Druid-Author") String author,
            @HeaderParam("X-Druid-Comment") String comment,
            String config);

    @DELETE
    @Path("/compaction/config/datasources/{datasource}")
    Response deleteCompactionConfig(
            @PathParam("datasource") String datasource,
            @HeaderParam("X-Druid-Author") String author,
            @HeaderParam("X-Druid-Comment") String comment);
}
