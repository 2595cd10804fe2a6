/**
 * A whole Apache Druid in one process: ZooKeeper, Derby, Coordinator with Overlord, Indexer, Historical, Broker, Router.
 * It is the real Druid from Maven Central, bound to loopback, with polls and buffers set for tests on a small machine.
 * Its state (metadata, segments in deep storage) survives a kill -9, so that it can be stopped and started in place.
 */
package sluice.infra.druid;
