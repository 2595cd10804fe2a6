package sluice.entry.gate;

import java.util.List;

/** A part of the API. No two routes of all endpoints match the same call, so their order means nothing. */
interface Endpoint {

    List<Route> routes();
}
