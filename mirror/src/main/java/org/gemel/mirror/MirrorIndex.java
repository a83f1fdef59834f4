package org.gemel.mirror;

import java.nio.file.Path;

/**
 * Where a pair of trees is remembered between passes, for one pair a folder.
 *
 * @param folder made if it is missing
 * @param trusted whether folders of the target that nobody has touched since are taken for equal
 *     unseen. If not, both sides are read, and what is remembered only tells renames.
 */
public record MirrorIndex(Path folder, boolean trusted) {}
