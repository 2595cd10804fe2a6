/**
 * The definitions in force. They are read from a bucket prefix or a directory; one that cannot be read is kept with its
 * findings, so that an object which belongs to it gets an answer instead of silence.
 */
package sluice.govern.registry;
