package org.gemel.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.gemel.config.Located.KeyName;
import org.gemel.config.Located.Mapping;
import org.gemel.config.Located.Scalar;
import org.gemel.config.Located.Sequence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML into values that know their place. Jackson's own binding stops at the first fault and
 * forgets places, so only its parser is used. Aliases are refused: a value must stand where it is
 * read.
 */
final class YamlTree {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final List<Fault> faults;

  YamlTree(List<Fault> faults) {
    this.faults = faults;
  }

  /** Null where the text is no YAML or holds nothing; the faults then say so. */
  @Nullable Located read(String text) {
    try (var parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        faults.add(new Fault(1, 1, "", "found an empty file, wanted keys with values"));
        return null;
      }
      var value = value(parser);
      if (goesOn(parser)) {
        var place = parser.currentTokenLocation();
        faults.add(
            new Fault(
                place.getLineNr(),
                place.getColumnNr(),
                "",
                "found a second document, wanted one: remove what follows the '---'"));
      }
      return value;
    } catch (JacksonException notYaml) {
      var place = notYaml.getLocation();
      faults.add(
          new Fault(
              place == null ? 1 : Math.max(1, place.getLineNr()),
              place == null ? 1 : Math.max(1, place.getColumnNr()),
              "",
              "found text that is no YAML: " + firstLine(notYaml.getOriginalMessage())));
      return null;
    }
  }

  /** The parser says null once for the end of a document, and again for the end of the text. */
  private static boolean goesOn(YAMLParser parser) {
    var afterValue = parser.nextToken();
    var afterDocument = parser.nextToken();
    return afterValue != null || afterDocument != null;
  }

  private Located value(YAMLParser parser) {
    var place = parser.currentTokenLocation();
    int line = place.getLineNr();
    int column = place.getColumnNr();
    if (parser.isCurrentAlias()) {
      faults.add(new Fault(line, column, "", "found an alias, wanted the value itself"));
      return new Scalar(line, column, null);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, line, column);
      case START_ARRAY -> sequence(parser, line, column);
      case VALUE_NULL -> new Scalar(line, column, null);
      default -> new Scalar(line, column, parser.getString());
    };
  }

  private Mapping mapping(YAMLParser parser, int line, int column) {
    var entries = new LinkedHashMap<KeyName, Located>();
    var names = new HashSet<String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var place = parser.currentTokenLocation();
      var key = new KeyName(place.getLineNr(), place.getColumnNr(), parser.currentName());
      parser.nextToken();
      var value = value(parser);
      if (names.add(key.name())) {
        entries.put(key, value);
      } else {
        faults.add(
            new Fault(
                key.line(),
                key.column(),
                key.name(),
                "found this key a second time, wanted it once: remove one of the two"));
      }
    }
    return new Mapping(line, column, entries);
  }

  private Sequence sequence(YAMLParser parser, int line, int column) {
    var items = new ArrayList<Located>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Sequence(line, column, items);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
