package sluice.nativeimage;

import java.time.Duration;

/**
 * One launch.
 *
 * @param initialised   from the start of the process until it asked for its first event
 * @param firstResponse from the start of the process until its first response had come
 * @param processor     time that its threads had spent on a processor by then; other processes disturb it little
 * @param pageFaults    pages that the kernel had mapped for it one by one by then, none of them read from disk
 * @param peakBytes     the most memory that was ever resident until then ({@code VmHWM})
 */
record Sample(Duration initialised, Duration firstResponse, Duration processor, long pageFaults, long peakBytes) {}
