/**
 * What a definition wants of a cluster beside its data: supervisors of its streams, load and drop rules, automatic
 * compaction. It is compared with what the cluster has, in one form for both; the difference becomes a list of operations,
 * which a plan shows and an apply carries out. What somebody else made under another name is never touched.
 */
package sluice.govern.settings;
