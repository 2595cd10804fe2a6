/** The sandbox's Kafka as tests see it: messages are put into topics, from which Druid reads them. */
package sluice.sandbox.kafka;
