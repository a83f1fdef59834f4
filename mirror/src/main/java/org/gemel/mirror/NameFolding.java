package org.gemel.mirror;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.gemel.mirror.system.EntryName;

/**
 * Which names a target takes for the same. Two names of the source that it cannot tell apart must
 * never both be written: the second would overwrite the first.
 *
 * @param ignoresCase whether {@code A} and {@code a} are one name there
 * @param normalises whether composed and decomposed letters are one name there
 */
record NameFolding(boolean ignoresCase, boolean normalises) {
  static final NameFolding NONE = new NameFolding(false, false);

  boolean isNone() {
    return !ignoresCase && !normalises;
  }

  /** Equal for names that the target takes for the same. */
  Object key(EntryName name) {
    return isNone() ? name : fold(name, ignoresCase);
  }

  /** Whether the target shows a name as it should, in all that it keeps of names. */
  boolean showsAs(EntryName wanted, EntryName shown) {
    return wanted.equals(shown) || (normalises && fold(wanted, false).equals(fold(shown, false)));
  }

  private static Object fold(EntryName name, boolean ignoreCase) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name.bytes())).toString();
    } catch (CharacterCodingException notText) {
      return name;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return ignoreCase ? composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : composed;
  }
}
