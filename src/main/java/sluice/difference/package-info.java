/** How two JSON documents differ, told in a form that people read; what must not be read is hidden. */
package sluice.difference;
