package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\0b"})
  void aNameCannotMeanAnythingButAnEntry(String text) {
    assertThatThrownBy(() -> EntryName.of(text)).hasMessageContaining("wanted 1 to 1024 bytes");
  }

  @Test
  void whatCouldActOnATerminalIsEscaped() {
    assertThat(EntryName.of("a\u001b[2Jb\n\r\t\u202e"))
        .hasToString("a\\x1b[2Jb\\n\\r\\t\\xe2\\x80\\xae");
    assertThat(EntryName.of("Übersicht 日本 🎬")).hasToString("Übersicht 日本 🎬");
    assertThat(EntryName.of(new byte[] {'a', (byte) 0xC3})).hasToString("a\\xc3");
  }

  @Test
  void namesAreOrderedAsUnsignedBytes() {
    EntryName high = EntryName.of("\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(high).isGreaterThan(EntryName.of("z"));
  }

  @Test
  void aPathShowsItsNames() {
    TreePath path = TreePath.ROOT.child(EntryName.of("a")).child(EntryName.of("b\n"));
    assertThat(path).hasToString("a/b\\n");
    assertThat(path.parent()).hasToString("a");
    assertThat(TreePath.ROOT).hasToString(".");
  }
}
