package org.gemel.mirror;

/** What the parts of one pass share. */
record PassParts(
    PassLog log,
    Workers workers,
    Scanner scanner,
    PassIndex index,
    EntryDiffer differ,
    Applier applier,
    EntryPlacer placer,
    LinkPhase links,
    RenamePhase renames,
    Deleter deleter,
    ParkedDeletes parked,
    ParkedOverwrites overwrites,
    LeftFolders left,
    FolderFinisher finisher,
    ForeignChanges foreign) {}
