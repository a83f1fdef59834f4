package org.gemel.mirror;

/** What the tasks of one comparison share. */
record ComparisonParts(
    ComparisonOptions options,
    PassLog log,
    Workers workers,
    Scanner scanner,
    EntryDiffer differ,
    Pace pace,
    SortedDifferences differences,
    LinkedNames links) {}
