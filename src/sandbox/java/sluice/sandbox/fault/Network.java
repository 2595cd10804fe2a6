package sluice.sandbox.fault;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** The ways of the functions to Druid's router, the state table, S3 and the bus. */
public final class Network implements AutoCloseable {

    private final Map<Pair, FaultProxy> proxies = new EnumMap<>(Pair.class);
    private final Executor threads;

    /** @param threads runs the connections */
    public Network(Executor threads) {
        this.threads = threads;
    }

    /**
     * Opens a port that leads to the server of a pair.
     *
     * @param pair one that has a port of its own: the router, the table, S3 or the bus
     */
    public URI lead(Pair pair, int port, URI server) {
        FaultProxy proxy = new FaultProxy(port, server, threads);
        proxies.put(pair, proxy);
        return proxy.uri();
    }

    /** From now on every second request of this pair, taken at random, meets the fault. */
    public void inject(Pair pair, NetworkFault fault, long seed) {
        proxy(pair).inject(pair, fault, seed);
    }

    /** How many requests of a pair have met its last fault. */
    public int hits(Pair pair) {
        return proxy(pair).hits();
    }

    /** How many requests have gone over the port of a pair since the start. */
    public long requests(Pair pair) {
        return proxy(pair).requests();
    }

    /** Ends all faults. */
    public void heal() {
        proxies.values().forEach(FaultProxy::heal);
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }

    private FaultProxy proxy(Pair pair) {
        FaultProxy proxy = proxies.get(pair.isDruid() ? Pair.ROUTER : pair);
        if (proxy == null) {
            throw new IllegalStateException("Nothing leads to " + pair.label());
        }
        return proxy;
    }
}
