package org.gemel.mirror;

/** What the parts of one pass share. */
record PassParts(
    PassLog log,
    Workers workers,
    Scanner scanner,
    EntryDiffer differ,
    Applier applier,
    EntryPlacer placer,
    LinkPhase links,
    Deleter deleter,
    ParkedDeletes parked,
    FolderFinisher finisher) {}
