package org.gemel.mirror.system;

/**
 * Which inode on which file system: two names with the same identity are hard links of one file.
 */
public record FileIdentity(long device, long inode) {}
