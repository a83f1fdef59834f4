package org.gemel.mirror;

import java.util.Optional;

/**
 * The file by which a volume is known. A mount that is missing leaves an empty folder without one,
 * and a mount in the wrong place another one's: both would otherwise be taken for the truth.
 *
 * @param fileName its name at the top of the volume; it is never copied nor deleted
 * @param source what it must hold at the source, surrounding blanks aside; it then may also lie
 *     above the mirrored folder
 * @param target what it must hold at the target, likewise
 */
public record Marker(String fileName, Optional<String> source, Optional<String> target) {}
