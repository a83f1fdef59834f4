package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, deep/down/a.tmp, true",
    "*.tmp, a.tmpx, false",
    "/a, a, true",
    "/a, b/a, false",
    "a/b, a/b, true",
    "a/b, x/a/b, false",
    "**/b, b, true",
    "**/b, x/y/b, true",
    "a/**, a/b/c, true",
    "a/**, a, false",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a*b*c, aXXbYYbZc, true",
    "a*b*c, aXXbYY, false",
    "?, ü, true",
    "??, ü, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[!a-c]x, dx, true",
    "[]x, [], false",
    "[x, [x, true",
    "\\*, *, true",
    "\\*, a, false",
    "*, anything, true",
  })
  void fitsAsInGitignore(String glob, String path, boolean fits) {
    List<EntryName> names = Arrays.stream(path.split("/")).map(EntryName::of).toList();
    assertThat(Glob.parse(glob).matches(names, false)).isEqualTo(fits);
  }

  @Test
  void aSlashAtTheEndFitsFoldersOnly() {
    List<EntryName> cache = List.of(EntryName.of("cache"));
    assertThat(Glob.parse("cache/").matches(cache, true)).isTrue();
    assertThat(Glob.parse("cache/").matches(cache, false)).isFalse();
  }

  @Test
  void namesThatAreNoTextFitToo() {
    EntryName name = EntryName.of("a\u00ffb".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Glob.parse("a?b").matches(List.of(name), false)).isTrue();
    assertThat(Glob.parse("a*").matches(List.of(name), false)).isTrue();
  }

  @Test
  void aPatternWithoutNamesIsRefused() {
    assertThatThrownBy(() -> Glob.parse("a//b")).hasMessageContaining("'a//b'");
    assertThatThrownBy(() -> Glob.parse("")).hasMessageContaining("wanted names");
  }
}
