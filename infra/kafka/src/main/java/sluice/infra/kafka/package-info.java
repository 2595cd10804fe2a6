/** Apache Kafka as one process without ZooKeeper: broker and controller, bound to loopback, one replica of everything. */
package sluice.infra.kafka;
