/**
 * Druid as Sluice sees it: one REST interface per service, one cluster object that speaks the words of the domain and
 * holds the fault tolerance, one exception with a code. How Druid really answers, which is not always what its
 * documentation says, is known here and nowhere else.
 */
package sluice.platform.druid;
