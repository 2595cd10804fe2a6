/**
 * Starts S3Mock as the sandbox's S3 server.
 * Its own command line opens a plain HTTP port on every network interface; this one serves plain HTTP on loopback only.
 * The contents of objects live in a folder that the caller names and owns; their keys and what else is known of them live in
 * memory, so a full bucket is as fast as an empty one.
 */
package sluice.infra.s3;
