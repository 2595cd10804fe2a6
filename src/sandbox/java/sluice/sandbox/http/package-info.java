/**
 * HTTP servers and forwarding proxies on 127.0.0.1, on the JDK's own server and client.
 * A proxy passes everything on as it is; what stands in front of S3 and of Druid adds notifications and faults to it.
 * No server here listens on any other address.
 */
package sluice.sandbox.http;
