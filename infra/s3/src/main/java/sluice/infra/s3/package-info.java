/**
 * Starts S3Mock as the sandbox's S3 server.
 * Its own command line opens a plain HTTP port on every network interface; this one serves plain HTTP on loopback only.
 * Objects live in a folder that the caller names and owns.
 */
package sluice.infra.s3;
