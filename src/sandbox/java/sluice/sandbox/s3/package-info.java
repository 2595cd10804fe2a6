/**
 * The S3 server of the sandbox as its users see it: what S3Mock lacks is added in front of it.
 * That is the notifications about new objects, in the shape that Amazon S3 sends.
 * Helpers for tests upload and list through the AWS SDK.
 */
package sluice.sandbox.s3;
