package sluice.entry.gate;

import java.util.List;

/** A part of the API. No two routes match the same call, so their order does not matter. */
interface Endpoint {

    List<Route> routes();
}
